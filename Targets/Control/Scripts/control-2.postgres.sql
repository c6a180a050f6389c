-- Control database, version 2, for PostgreSQL.
-- Never edited after its release: what changes later is a version of its own.

-- One line a profile that exists: how far it is and what hinders it.
CREATE VIEW "$(Schema)"."profileoverview" AS
SELECT
    p."profileid", p."name", p."status", p."message",
    COUNT(t."tablename") AS "tables",
    COALESCE(SUM(CASE WHEN t."phase" = 'Delta' THEN 1 ELSE 0 END), 0) AS "tablesindelta",
    COALESCE(SUM(CASE WHEN t."phase" = 'Faulted' THEN 1 ELSE 0 END), 0) AS "tablesfaulted",
    COALESCE(SUM(t."rowsdone"), 0) AS "rowsdone",
    COALESCE(SUM(t."rowstotal"), 0) AS "rowstotal",
    p."pending", p."recordsfailed",
    MIN(t."lastdeltaon") AS "oldestdeltaon",
    p."modifiedon", p."reportedon"
FROM "$(Schema)"."profiles" AS p
LEFT JOIN "$(Schema)"."profiletables" AS t ON t."profileid" = p."profileid"
WHERE p."deletedon" IS NULL
GROUP BY p."profileid", p."name", p."status", p."message",
    p."pending", p."recordsfailed", p."modifiedon", p."reportedon";
