-- index
CREATE INDEX "IX[crm_sample].[SinkModifiedOn]" ON "dbo"."crm_sample" ("SinkModifiedOn");

-- index
CREATE INDEX "IX[crm_sample].[ownerid]" ON "dbo"."crm_sample" ("ownerid");

-- index
CREATE INDEX "IX[crm_sample].[parentid]" ON "dbo"."crm_sample" ("parentid");

-- view
CREATE VIEW "dbo"."crm_sample_view" AS
-- Made by DataExport, version cc6bc0e1b6860c1d. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."statecode" AS "statecode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_StateMetadata" AS m
        WHERE m."EntityName" = N'sample' AND m."State" = t."statecode" AND m."IsUserLocalizedLabel" = 1) AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_StatusMetadata" AS m
        WHERE m."EntityName" = N'sample' AND m."Status" = t."statuscode" AND m."IsUserLocalizedLabel" = 1) AS "statuscode_label",
    t."industry" AS "industry",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'sample' AND m."OptionSetName" = N'industry' AND m."Option" = t."industry" AND m."IsUserLocalizedLabel" = 1) AS "industry_label",
    t."region" AS "region",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'allregions' AND m."Option" = t."region" AND m."IsUserLocalizedLabel" = 1) AS "region_label",
    t."isactive" AS "isactive",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'sample' AND m."OptionSetName" = N'isactive' AND m."Option" = CAST(t."isactive" AS int) AND m."IsUserLocalizedLabel" = 1) AS "isactive_label",
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
    TODATETIMEOFFSET(CAST(t."modifiedon" AS datetime2(3)), '+00:00') AS "modifiedon_utc",
    t."birthdate" AS "birthdate",
    t."rate" AS "rate",
    t."latitude" AS "latitude",
    t."stageid" AS "stageid",
    t."owneridtype" AS "owneridtype",
    t."colours" AS "colours"
FROM "dbo"."crm_sample" AS t;

-- view
CREATE VIEW "dbo"."crm_sample_colours" AS
-- Made by DataExport, version 645b9edc61df7e01. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    TRY_CAST(s.value AS int) AS "Value",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'sample' AND m."OptionSetName" = N'colours' AND m."Option" = TRY_CAST(s.value AS int) AND m."IsUserLocalizedLabel" = 1) AS "Label"
FROM "dbo"."crm_sample" AS t
CROSS APPLY STRING_SPLIT(t."colours", N';') AS s
WHERE TRY_CAST(s.value AS int) IS NOT NULL;
