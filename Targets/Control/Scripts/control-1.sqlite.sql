-- Control database, version 1, for SQLite.
-- Never edited after its release: what changes later is a version of its own.

-- One row a version that this schema has had.
CREATE TABLE "$(Schema)"."ControlSchema" (
    "Version" INTEGER NOT NULL,
    "AppliedOn" TEXT NOT NULL,
    CONSTRAINT "PK_ControlSchema" PRIMARY KEY ("Version")
);

-- One row an export profile. Deleted ones stay for a while, with DeletedOn.
CREATE TABLE "$(Schema)"."Profiles" (
    "ProfileId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "OrganizationId" TEXT NULL,
    "SourceUrl" TEXT NOT NULL,
    "Relationships" TEXT NOT NULL,
    "DestinationType" TEXT NOT NULL,
    "DestinationSchemaName" TEXT NOT NULL,
    "DestinationPrefix" TEXT NOT NULL,
    "WriteDeleteLog" INTEGER NOT NULL,
    "RetryCountMax" INTEGER NOT NULL,
    "RetryIntervalSeconds" INTEGER NOT NULL,
    "Status" TEXT NOT NULL,
    "Message" TEXT NULL,
    "Pending" INTEGER NOT NULL,
    "RecordsFailed" INTEGER NOT NULL,
    "CreatedOn" TEXT NULL,
    "ActivatedOn" TEXT NULL,
    "ModifiedOn" TEXT NOT NULL,
    "ReportedOn" TEXT NOT NULL,
    "SiloName" TEXT NOT NULL,
    "DeletedOn" TEXT NULL,
    CONSTRAINT "PK_Profiles" PRIMARY KEY ("ProfileId")
);

-- One row a table of a profile.
CREATE TABLE "$(Schema)"."ProfileTables" (
    "ProfileId" TEXT NOT NULL,
    "TableName" TEXT NOT NULL,
    "Phase" TEXT NOT NULL,
    "RowsDone" INTEGER NOT NULL,
    "RowsTotal" INTEGER NOT NULL,
    "Pending" INTEGER NOT NULL,
    "LastDeltaOn" TEXT NULL,
    "Message" TEXT NULL,
    "ReportedOn" TEXT NOT NULL,
    CONSTRAINT "PK_ProfileTables" PRIMARY KEY ("ProfileId", "TableName")
);

-- What one silo did for a profile between two instants.
CREATE TABLE "$(Schema)"."SyncMetrics" (
    "ProfileId" TEXT NOT NULL,
    "SiloName" TEXT NOT NULL,
    "MeasuredOn" TEXT NOT NULL,
    "MeasuredSince" TEXT NOT NULL,
    "Seconds" REAL NOT NULL,
    "MessagesReceived" INTEGER NOT NULL,
    "MessagesCompleted" INTEGER NOT NULL,
    "MessagesAbandoned" INTEGER NOT NULL,
    "MessagesDeadLettered" INTEGER NOT NULL,
    "MessagesLost" INTEGER NOT NULL,
    "ChangesApplied" INTEGER NOT NULL,
    "ChangesSuperseded" INTEGER NOT NULL,
    "ChangesUncertain" INTEGER NOT NULL,
    "ChangesRejected" INTEGER NOT NULL,
    "RecordsFailed" INTEGER NOT NULL,
    "RowsRead" INTEGER NOT NULL,
    "RecordsFetched" INTEGER NOT NULL,
    "RowsQueued" INTEGER NOT NULL,
    "Pending" INTEGER NULL,
    CONSTRAINT "PK_SyncMetrics" PRIMARY KEY ("ProfileId", "SiloName", "MeasuredOn")
);

-- What is old is removed by its time.
CREATE INDEX "$(Schema)"."IX_SyncMetrics_MeasuredOn" ON "SyncMetrics" ("MeasuredOn");
