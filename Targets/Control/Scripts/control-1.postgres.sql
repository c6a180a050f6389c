-- Control database, version 1, for PostgreSQL.
-- Never edited after its release: what changes later is a version of its own.
-- Names are in lower case, so that readers need not quote them.

-- One row a version that this schema has had.
CREATE TABLE "$(Schema)"."controlschema" (
    "version" bigint NOT NULL,
    "appliedon" timestamp(3) with time zone NOT NULL,
    CONSTRAINT "pk_controlschema" PRIMARY KEY ("version")
);

-- One row an export profile. Deleted ones stay for a while, with DeletedOn.
CREATE TABLE "$(Schema)"."profiles" (
    "profileid" varchar(32) NOT NULL,
    "name" varchar(128) NOT NULL,
    "organizationid" uuid NULL,
    "sourceurl" varchar(4000) NOT NULL,
    "relationships" varchar(4000) NOT NULL,
    "destinationtype" varchar(32) NOT NULL,
    "destinationschemaname" varchar(128) NOT NULL,
    "destinationprefix" varchar(32) NOT NULL,
    "writedeletelog" boolean NOT NULL,
    "retrycountmax" bigint NOT NULL,
    "retryintervalseconds" bigint NOT NULL,
    "status" varchar(32) NOT NULL,
    "message" varchar(4000) NULL,
    "pending" bigint NOT NULL,
    "recordsfailed" bigint NOT NULL,
    "createdon" timestamp(3) with time zone NULL,
    "activatedon" timestamp(3) with time zone NULL,
    "modifiedon" timestamp(3) with time zone NOT NULL,
    "reportedon" timestamp(3) with time zone NOT NULL,
    "siloname" varchar(128) NOT NULL,
    "deletedon" timestamp(3) with time zone NULL,
    CONSTRAINT "pk_profiles" PRIMARY KEY ("profileid")
);

-- One row a table of a profile.
CREATE TABLE "$(Schema)"."profiletables" (
    "profileid" varchar(32) NOT NULL,
    "tablename" varchar(128) NOT NULL,
    "phase" varchar(32) NOT NULL,
    "rowsdone" bigint NOT NULL,
    "rowstotal" bigint NOT NULL,
    "pending" bigint NOT NULL,
    "lastdeltaon" timestamp(3) with time zone NULL,
    "message" varchar(4000) NULL,
    "reportedon" timestamp(3) with time zone NOT NULL,
    CONSTRAINT "pk_profiletables" PRIMARY KEY ("profileid", "tablename")
);

-- What one silo did for a profile between two instants.
CREATE TABLE "$(Schema)"."syncmetrics" (
    "profileid" varchar(32) NOT NULL,
    "siloname" varchar(128) NOT NULL,
    "measuredon" timestamp(3) with time zone NOT NULL,
    "measuredsince" timestamp(3) with time zone NOT NULL,
    "seconds" double precision NOT NULL,
    "messagesreceived" bigint NOT NULL,
    "messagescompleted" bigint NOT NULL,
    "messagesabandoned" bigint NOT NULL,
    "messagesdeadlettered" bigint NOT NULL,
    "messageslost" bigint NOT NULL,
    "changesapplied" bigint NOT NULL,
    "changessuperseded" bigint NOT NULL,
    "changesuncertain" bigint NOT NULL,
    "changesrejected" bigint NOT NULL,
    "recordsfailed" bigint NOT NULL,
    "rowsread" bigint NOT NULL,
    "recordsfetched" bigint NOT NULL,
    "rowsqueued" bigint NOT NULL,
    "pending" bigint NULL,
    CONSTRAINT "pk_syncmetrics" PRIMARY KEY ("profileid", "siloname", "measuredon")
);

-- What is old is removed by its time.
CREATE INDEX "ix_syncmetrics_measuredon" ON "$(Schema)"."syncmetrics" ("measuredon");
