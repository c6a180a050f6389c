-- index
CREATE INDEX "IX[crm_team].[SinkModifiedOn]" ON "crm_team" ("SinkModifiedOn");

-- index
CREATE INDEX "IX[crm_team].[administratorid]" ON "crm_team" ("administratorid");

-- index
CREATE INDEX "IX[crm_team].[businessunitid]" ON "crm_team" ("businessunitid");

-- index
CREATE INDEX "IX[crm_team].[createdby]" ON "crm_team" ("createdby");

-- index
CREATE INDEX "IX[crm_team].[createdonbehalfby]" ON "crm_team" ("createdonbehalfby");

-- index
CREATE INDEX "IX[crm_team].[delegatedauthorizationid]" ON "crm_team" ("delegatedauthorizationid");

-- index
CREATE INDEX "IX[crm_team].[modifiedby]" ON "crm_team" ("modifiedby");

-- index
CREATE INDEX "IX[crm_team].[modifiedonbehalfby]" ON "crm_team" ("modifiedonbehalfby");

-- index
CREATE INDEX "IX[crm_team].[queueid]" ON "crm_team" ("queueid");

-- index
CREATE INDEX "IX[crm_team].[regardingobjectid]" ON "crm_team" ("regardingobjectid");

-- index
CREATE INDEX "IX[crm_team].[teamtemplateid]" ON "crm_team" ("teamtemplateid");

-- index
CREATE INDEX "IX[crm_team].[transactioncurrencyid]" ON "crm_team" ("transactioncurrencyid");

-- view
CREATE VIEW "crm_team_view" AS
-- Made by DataExport, version ababa13a2fbb2c9c. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."membershiptype" AS "membershiptype",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'team' AND m."OptionSetName" = 'membershiptype' AND m."Option" = t."membershiptype" AND m."IsUserLocalizedLabel" = 1) AS "membershiptype_label",
    t."teamtype" AS "teamtype",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'team' AND m."OptionSetName" = 'teamtype' AND m."Option" = t."teamtype" AND m."IsUserLocalizedLabel" = 1) AS "teamtype_label",
    t."isdefault" AS "isdefault",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'team' AND m."OptionSetName" = 'isdefault' AND m."Option" = CAST(t."isdefault" AS int) AND m."IsUserLocalizedLabel" = 1) AS "isdefault_label",
    t."issastokenset" AS "issastokenset",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = 'isencryptedattributevalueset' AND m."Option" = CAST(t."issastokenset" AS int) AND m."IsUserLocalizedLabel" = 1) AS "issastokenset_label",
    t."systemmanaged" AS "systemmanaged",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'team' AND m."OptionSetName" = 'systemmanaged' AND m."Option" = CAST(t."systemmanaged" AS int) AND m."IsUserLocalizedLabel" = 1) AS "systemmanaged_label",
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
    t."createdon" || 'Z' AS "createdon_utc",
    t."description" AS "description",
    t."emailaddress" AS "emailaddress",
    t."exchangerate" AS "exchangerate",
    t."importsequencenumber" AS "importsequencenumber",
    t."modifiedon" AS "modifiedon",
    t."modifiedon" || 'Z' AS "modifiedon_utc",
    t."name" AS "name",
    t."organizationid" AS "organizationid",
    t."overriddencreatedon" AS "overriddencreatedon",
    t."overriddencreatedon" || 'Z' AS "overriddencreatedon_utc",
    t."processid" AS "processid",
    t."sharelinkqualifier" AS "sharelinkqualifier",
    t."stageid" AS "stageid",
    t."teamid" AS "teamid",
    t."traversedpath" AS "traversedpath",
    t."versionnumber" AS "versionnumber",
    t."yominame" AS "yominame"
FROM "crm_team" AS t;
