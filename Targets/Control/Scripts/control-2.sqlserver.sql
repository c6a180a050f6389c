-- Control database, version 2, for SQL Server 2016 and later, Azure SQL, Babelfish 4.
-- Never edited after its release: what changes later is a version of its own.

-- One line a profile that exists: how far it is and what hinders it.
CREATE VIEW "$(Schema)"."ProfileOverview" AS
SELECT
    p."ProfileId", p."Name", p."Status", p."Message",
    COUNT(t."TableName") AS "Tables",
    COALESCE(SUM(CASE WHEN t."Phase" = 'Delta' THEN 1 ELSE 0 END), 0) AS "TablesInDelta",
    COALESCE(SUM(CASE WHEN t."Phase" = 'Faulted' THEN 1 ELSE 0 END), 0) AS "TablesFaulted",
    COALESCE(SUM(t."RowsDone"), 0) AS "RowsDone",
    COALESCE(SUM(t."RowsTotal"), 0) AS "RowsTotal",
    p."Pending", p."RecordsFailed",
    MIN(t."LastDeltaOn") AS "OldestDeltaOn",
    p."ModifiedOn", p."ReportedOn"
FROM "$(Schema)"."Profiles" AS p
LEFT JOIN "$(Schema)"."ProfileTables" AS t ON t."ProfileId" = p."ProfileId"
WHERE p."DeletedOn" IS NULL
GROUP BY p."ProfileId", p."Name", p."Status", p."Message",
    p."Pending", p."RecordsFailed", p."ModifiedOn", p."ReportedOn";
