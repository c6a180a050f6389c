-- index
CREATE INDEX "ix[crm_sample].[sinkmodifiedon]" ON "dbo"."crm_sample" ("sinkmodifiedon");

-- index
CREATE INDEX "ix[crm_sample].[ownerid]" ON "dbo"."crm_sample" ("ownerid");

-- index
CREATE INDEX "ix[crm_sample].[parentid]" ON "dbo"."crm_sample" ("parentid");

-- view
CREATE OR REPLACE VIEW "dbo"."crm_sample_view" AS
SELECT
    t."id" AS "id",
    t."sinkcreatedon" AS "sinkcreatedon",
    t."sinkmodifiedon" AS "sinkmodifiedon",
    t."statecode" AS "statecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_statemetadata" AS m
        WHERE m."entityname" = 'sample' AND m."state" = t."statecode" AND m."isuserlocalizedlabel") AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_statusmetadata" AS m
        WHERE m."entityname" = 'sample' AND m."status" = t."statuscode" AND m."isuserlocalizedlabel") AS "statuscode_label",
    t."industry" AS "industry",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'sample' AND m."optionsetname" = 'industry' AND m."option" = t."industry" AND m."isuserlocalizedlabel") AS "industry_label",
    t."region" AS "region",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'allregions' AND m."option" = t."region" AND m."isuserlocalizedlabel") AS "region_label",
    t."isactive" AS "isactive",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'sample' AND m."optionsetname" = 'isactive' AND m."option" = CAST(t."isactive" AS int) AND m."isuserlocalizedlabel") AS "isactive_label",
    t."ownerid" AS "ownerid",
    t."ownerid_entitytype" AS "ownerid_entitytype",
    t."parentid" AS "parentid",
    t."parentid_entitytype" AS "parentid_entitytype",
    t."to" AS "to",
    t."revenue" AS "revenue",
    t."sampleid" AS "sampleid",
    t."name" AS "name",
    t."description" AS "description",
    t."quantity" AS "quantity",
    t."versionnumber" AS "versionnumber",
    t."modifiedon" AS "modifiedon",
    t."modifiedon" AT TIME ZONE 'UTC' AS "modifiedon_utc",
    t."birthdate" AS "birthdate",
    t."rate" AS "rate",
    t."latitude" AS "latitude",
    t."stageid" AS "stageid",
    t."owneridtype" AS "owneridtype",
    t."colours" AS "colours"
FROM "dbo"."crm_sample" AS t;

-- view
COMMENT ON VIEW "dbo"."crm_sample_view" IS 'Made by DataExport,
    version b3127fe6152f8139. Changes made here are lost: make a view of your own.';

-- view
CREATE OR REPLACE VIEW "dbo"."crm_sample_colours" AS
SELECT
    t."id" AS "id",
    CASE WHEN s.part ~ '^-?[0-9]{1,10}$' THEN CAST(s.part AS integer) END AS "value",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'sample' AND m."optionsetname" = 'colours' AND m."option" = CASE WHEN s.part ~ '^-?[0-9]{1,10}$' THEN CAST(s.part AS integer) END AND m."isuserlocalizedlabel") AS "label"
FROM "dbo"."crm_sample" AS t
CROSS JOIN LATERAL unnest(string_to_array(t."colours", ';')) AS s (part)
WHERE CASE WHEN s.part ~ '^-?[0-9]{1,10}$' THEN CAST(s.part AS integer) END IS NOT NULL;

-- view
COMMENT ON VIEW "dbo"."crm_sample_colours" IS 'Made by DataExport,
    version 9e0b67a77491854d. Changes made here are lost: make a view of your own.';
