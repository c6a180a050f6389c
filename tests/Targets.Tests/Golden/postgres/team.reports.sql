-- index
CREATE INDEX "ix[crm_team].[sinkmodifiedon]" ON "dbo"."crm_team" ("sinkmodifiedon");

-- index
CREATE INDEX "ix[crm_team].[administratorid]" ON "dbo"."crm_team" ("administratorid");

-- index
CREATE INDEX "ix[crm_team].[businessunitid]" ON "dbo"."crm_team" ("businessunitid");

-- index
CREATE INDEX "ix[crm_team].[createdby]" ON "dbo"."crm_team" ("createdby");

-- index
CREATE INDEX "ix[crm_team].[createdonbehalfby]" ON "dbo"."crm_team" ("createdonbehalfby");

-- index
CREATE INDEX "ix[crm_team].[delegatedauthorizationid]" ON "dbo"."crm_team" ("delegatedauthorizationid");

-- index
CREATE INDEX "ix[crm_team].[modifiedby]" ON "dbo"."crm_team" ("modifiedby");

-- index
CREATE INDEX "ix[crm_team].[modifiedonbehalfby]" ON "dbo"."crm_team" ("modifiedonbehalfby");

-- index
CREATE INDEX "ix[crm_team].[queueid]" ON "dbo"."crm_team" ("queueid");

-- index
CREATE INDEX "ix[crm_team].[regardingobjectid]" ON "dbo"."crm_team" ("regardingobjectid");

-- index
CREATE INDEX "ix[crm_team].[teamtemplateid]" ON "dbo"."crm_team" ("teamtemplateid");

-- index
CREATE INDEX "ix[crm_team].[transactioncurrencyid]" ON "dbo"."crm_team" ("transactioncurrencyid");

-- view
CREATE OR REPLACE VIEW "dbo"."crm_team_view" AS
SELECT
    t."id" AS "id",
    t."sinkcreatedon" AS "sinkcreatedon",
    t."sinkmodifiedon" AS "sinkmodifiedon",
    t."membershiptype" AS "membershiptype",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'team' AND m."optionsetname" = 'membershiptype' AND m."option" = t."membershiptype" AND m."isuserlocalizedlabel") AS "membershiptype_label",
    t."teamtype" AS "teamtype",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'team' AND m."optionsetname" = 'teamtype' AND m."option" = t."teamtype" AND m."isuserlocalizedlabel") AS "teamtype_label",
    t."isdefault" AS "isdefault",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'team' AND m."optionsetname" = 'isdefault' AND m."option" = CAST(t."isdefault" AS int) AND m."isuserlocalizedlabel") AS "isdefault_label",
    t."issastokenset" AS "issastokenset",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'isencryptedattributevalueset' AND m."option" = CAST(t."issastokenset" AS int) AND m."isuserlocalizedlabel") AS "issastokenset_label",
    t."systemmanaged" AS "systemmanaged",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'team' AND m."optionsetname" = 'systemmanaged' AND m."option" = CAST(t."systemmanaged" AS int) AND m."isuserlocalizedlabel") AS "systemmanaged_label",
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
    t."createdon" AT TIME ZONE 'UTC' AS "createdon_utc",
    t."description" AS "description",
    t."emailaddress" AS "emailaddress",
    t."exchangerate" AS "exchangerate",
    t."importsequencenumber" AS "importsequencenumber",
    t."modifiedon" AS "modifiedon",
    t."modifiedon" AT TIME ZONE 'UTC' AS "modifiedon_utc",
    t."name" AS "name",
    t."organizationid" AS "organizationid",
    t."overriddencreatedon" AS "overriddencreatedon",
    t."overriddencreatedon" AT TIME ZONE 'UTC' AS "overriddencreatedon_utc",
    t."processid" AS "processid",
    t."sharelinkqualifier" AS "sharelinkqualifier",
    t."stageid" AS "stageid",
    t."teamid" AS "teamid",
    t."traversedpath" AS "traversedpath",
    t."versionnumber" AS "versionnumber",
    t."yominame" AS "yominame"
FROM "dbo"."crm_team" AS t;

-- view
COMMENT ON VIEW "dbo"."crm_team_view" IS 'Made by DataExport,
    version c033d9322fbb9d8c. Changes made here are lost: make a view of your own.';
