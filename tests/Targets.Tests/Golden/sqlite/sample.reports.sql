-- index
CREATE INDEX "IX[crm_sample].[SinkModifiedOn]" ON "crm_sample" ("SinkModifiedOn");

-- index
CREATE INDEX "IX[crm_sample].[ownerid]" ON "crm_sample" ("ownerid");

-- index
CREATE INDEX "IX[crm_sample].[parentid]" ON "crm_sample" ("parentid");

-- view
CREATE VIEW "crm_sample_view" AS
-- Made by DataExport, version 1931e87a1608fe1b. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."statecode" AS "statecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_StateMetadata" AS m
        WHERE m."EntityName" = 'sample' AND m."State" = t."statecode" AND m."IsUserLocalizedLabel" = 1) AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_StatusMetadata" AS m
        WHERE m."EntityName" = 'sample' AND m."Status" = t."statuscode" AND m."IsUserLocalizedLabel" = 1) AS "statuscode_label",
    t."industry" AS "industry",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'sample' AND m."OptionSetName" = 'industry' AND m."Option" = t."industry" AND m."IsUserLocalizedLabel" = 1) AS "industry_label",
    t."region" AS "region",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = 'allregions' AND m."Option" = t."region" AND m."IsUserLocalizedLabel" = 1) AS "region_label",
    t."isactive" AS "isactive",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'sample' AND m."OptionSetName" = 'isactive' AND m."Option" = CAST(t."isactive" AS int) AND m."IsUserLocalizedLabel" = 1) AS "isactive_label",
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
    t."modifiedon" || 'Z' AS "modifiedon_utc",
    t."birthdate" AS "birthdate",
    t."rate" AS "rate",
    t."latitude" AS "latitude",
    t."stageid" AS "stageid",
    t."owneridtype" AS "owneridtype",
    t."colours" AS "colours"
FROM "crm_sample" AS t;

-- view
CREATE VIEW "crm_sample_colours" AS
-- Made by DataExport, version 307698601bbc0749. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    CASE s.type WHEN 'integer' THEN s.value END AS "Value",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'sample' AND m."OptionSetName" = 'colours' AND m."Option" = CASE s.type WHEN 'integer' THEN s.value END AND m."IsUserLocalizedLabel" = 1) AS "Label"
FROM "crm_sample" AS t
CROSS JOIN json_each(CASE WHEN json_valid('[' || replace(t."colours",
    ';',
    ',') || ']') THEN '[' || replace(t."colours",
    ';',
    ',') || ']' ELSE '[]' END) AS s
WHERE CASE s.type WHEN 'integer' THEN s.value END IS NOT NULL;
