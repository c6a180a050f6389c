-- index
CREATE INDEX "IX[crm_team].[SinkModifiedOn]" ON "dbo"."crm_team" ("SinkModifiedOn");

-- index
CREATE INDEX "IX[crm_team].[administratorid]" ON "dbo"."crm_team" ("administratorid");

-- index
CREATE INDEX "IX[crm_team].[businessunitid]" ON "dbo"."crm_team" ("businessunitid");

-- index
CREATE INDEX "IX[crm_team].[createdby]" ON "dbo"."crm_team" ("createdby");

-- index
CREATE INDEX "IX[crm_team].[createdonbehalfby]" ON "dbo"."crm_team" ("createdonbehalfby");

-- index
CREATE INDEX "IX[crm_team].[delegatedauthorizationid]" ON "dbo"."crm_team" ("delegatedauthorizationid");

-- index
CREATE INDEX "IX[crm_team].[modifiedby]" ON "dbo"."crm_team" ("modifiedby");

-- index
CREATE INDEX "IX[crm_team].[modifiedonbehalfby]" ON "dbo"."crm_team" ("modifiedonbehalfby");

-- index
CREATE INDEX "IX[crm_team].[queueid]" ON "dbo"."crm_team" ("queueid");

-- index
CREATE INDEX "IX[crm_team].[regardingobjectid]" ON "dbo"."crm_team" ("regardingobjectid");

-- index
CREATE INDEX "IX[crm_team].[teamtemplateid]" ON "dbo"."crm_team" ("teamtemplateid");

-- index
CREATE INDEX "IX[crm_team].[transactioncurrencyid]" ON "dbo"."crm_team" ("transactioncurrencyid");

-- view
CREATE VIEW "dbo"."crm_team_view" AS
-- Made by DataExport, version 6cdfd2ad4cee5427. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."membershiptype" AS "membershiptype",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'team' AND m."OptionSetName" = N'membershiptype' AND m."Option" = t."membershiptype" AND m."IsUserLocalizedLabel" = 1) AS "membershiptype_label",
    t."teamtype" AS "teamtype",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'team' AND m."OptionSetName" = N'teamtype' AND m."Option" = t."teamtype" AND m."IsUserLocalizedLabel" = 1) AS "teamtype_label",
    t."isdefault" AS "isdefault",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'team' AND m."OptionSetName" = N'isdefault' AND m."Option" = CAST(t."isdefault" AS int) AND m."IsUserLocalizedLabel" = 1) AS "isdefault_label",
    t."issastokenset" AS "issastokenset",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'isencryptedattributevalueset' AND m."Option" = CAST(t."issastokenset" AS int) AND m."IsUserLocalizedLabel" = 1) AS "issastokenset_label",
    t."systemmanaged" AS "systemmanaged",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'team' AND m."OptionSetName" = N'systemmanaged' AND m."Option" = CAST(t."systemmanaged" AS int) AND m."IsUserLocalizedLabel" = 1) AS "systemmanaged_label",
    t."administratorid" AS "administratorid",
    t."administratorid_entitytype" AS "administratorid_entitytype",
    t."businessunitid" AS "businessunitid",
    t."businessunitid_entitytype" AS "businessunitid_entitytype",
    t."createdby" AS "createdby",
    t."createdby_entitytype" AS "createdby_entitytype",
    t."createdonbehalfby" AS "createdonbehalfby",
    t."createdonbehalfby_entitytype" AS "createdonbehalfby_entitytype",
    t."delegatedauthorizationid" AS "delegatedauthorizationid",
    t."delegatedauthorizationid_entitytype" AS "delegatedauthorizationid_entitytype",
    t."modifiedby" AS "modifiedby",
    t."modifiedby_entitytype" AS "modifiedby_entitytype",
    t."modifiedonbehalfby" AS "modifiedonbehalfby",
    t."modifiedonbehalfby_entitytype" AS "modifiedonbehalfby_entitytype",
    t."queueid" AS "queueid",
    t."queueid_entitytype" AS "queueid_entitytype",
    t."regardingobjectid" AS "regardingobjectid",
    t."regardingobjectid_entitytype" AS "regardingobjectid_entitytype",
    t."teamtemplateid" AS "teamtemplateid",
    t."teamtemplateid_entitytype" AS "teamtemplateid_entitytype",
    t."transactioncurrencyid" AS "transactioncurrencyid",
    t."transactioncurrencyid_entitytype" AS "transactioncurrencyid_entitytype",
    t."azureactivedirectoryobjectid" AS "azureactivedirectoryobjectid",
    t."createdon" AS "createdon",
    TODATETIMEOFFSET(CAST(t."createdon" AS datetime2(3)), '+00:00') AS "createdon_utc",
    t."description" AS "description",
    t."emailaddress" AS "emailaddress",
    t."exchangerate" AS "exchangerate",
    t."importsequencenumber" AS "importsequencenumber",
    t."modifiedon" AS "modifiedon",
    TODATETIMEOFFSET(CAST(t."modifiedon" AS datetime2(3)), '+00:00') AS "modifiedon_utc",
    t."name" AS "name",
    t."organizationid" AS "organizationid",
    t."overriddencreatedon" AS "overriddencreatedon",
    TODATETIMEOFFSET(CAST(t."overriddencreatedon" AS datetime2(3)), '+00:00') AS "overriddencreatedon_utc",
    t."processid" AS "processid",
    t."sharelinkqualifier" AS "sharelinkqualifier",
    t."stageid" AS "stageid",
    t."teamid" AS "teamid",
    t."traversedpath" AS "traversedpath",
    t."versionnumber" AS "versionnumber",
    t."yominame" AS "yominame"
FROM "dbo"."crm_team" AS t;
