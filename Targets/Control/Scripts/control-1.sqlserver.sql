-- Control database, version 1, for SQL Server 2016 and later, Azure SQL, Babelfish 4.
-- Never edited after its release: what changes later is a version of its own.

-- One row a version that this schema has had.
CREATE TABLE "$(Schema)"."ControlSchema" (
    "Version" bigint NOT NULL,
    "AppliedOn" datetime2(3) NOT NULL,
    CONSTRAINT "PK_ControlSchema" PRIMARY KEY ("Version")
);

-- One row an export profile. Deleted ones stay for a while, with DeletedOn.
CREATE TABLE "$(Schema)"."Profiles" (
    "ProfileId" nvarchar(32) NOT NULL,
    "Name" nvarchar(128) NOT NULL,
    "OrganizationId" uniqueidentifier NULL,
    "SourceUrl" nvarchar(4000) NOT NULL,
    "Relationships" nvarchar(4000) NOT NULL,
    "DestinationType" nvarchar(32) NOT NULL,
    "DestinationSchemaName" nvarchar(128) NOT NULL,
    "DestinationPrefix" nvarchar(32) NOT NULL,
    "WriteDeleteLog" bit NOT NULL,
    "RetryCountMax" bigint NOT NULL,
    "RetryIntervalSeconds" bigint NOT NULL,
    "Status" nvarchar(32) NOT NULL,
    "Message" nvarchar(4000) NULL,
    "Pending" bigint NOT NULL,
    "RecordsFailed" bigint NOT NULL,
    "CreatedOn" datetime2(3) NULL,
    "ActivatedOn" datetime2(3) NULL,
    "ModifiedOn" datetime2(3) NOT NULL,
    "ReportedOn" datetime2(3) NOT NULL,
    "SiloName" nvarchar(128) NOT NULL,
    "DeletedOn" datetime2(3) NULL,
    CONSTRAINT "PK_Profiles" PRIMARY KEY ("ProfileId")
);

-- One row a table of a profile.
CREATE TABLE "$(Schema)"."ProfileTables" (
    "ProfileId" nvarchar(32) NOT NULL,
    "TableName" nvarchar(128) NOT NULL,
    "Phase" nvarchar(32) NOT NULL,
    "RowsDone" bigint NOT NULL,
    "RowsTotal" bigint NOT NULL,
    "Pending" bigint NOT NULL,
    "LastDeltaOn" datetime2(3) NULL,
    "Message" nvarchar(4000) NULL,
    "ReportedOn" datetime2(3) NOT NULL,
    CONSTRAINT "PK_ProfileTables" PRIMARY KEY ("ProfileId", "TableName")
);

-- What one silo did for a profile between two instants.
CREATE TABLE "$(Schema)"."SyncMetrics" (
    "ProfileId" nvarchar(32) NOT NULL,
    "SiloName" nvarchar(128) NOT NULL,
    "MeasuredOn" datetime2(3) NOT NULL,
    "MeasuredSince" datetime2(3) NOT NULL,
    "Seconds" float NOT NULL,
    "MessagesReceived" bigint NOT NULL,
    "MessagesCompleted" bigint NOT NULL,
    "MessagesAbandoned" bigint NOT NULL,
    "MessagesDeadLettered" bigint NOT NULL,
    "MessagesLost" bigint NOT NULL,
    "ChangesApplied" bigint NOT NULL,
    "ChangesSuperseded" bigint NOT NULL,
    "ChangesUncertain" bigint NOT NULL,
    "ChangesRejected" bigint NOT NULL,
    "RecordsFailed" bigint NOT NULL,
    "RowsRead" bigint NOT NULL,
    "RecordsFetched" bigint NOT NULL,
    "RowsQueued" bigint NOT NULL,
    "Pending" bigint NULL,
    CONSTRAINT "PK_SyncMetrics" PRIMARY KEY ("ProfileId", "SiloName", "MeasuredOn")
);

-- What is old is removed by its time.
CREATE INDEX "IX_SyncMetrics_MeasuredOn" ON "$(Schema)"."SyncMetrics" ("MeasuredOn");
