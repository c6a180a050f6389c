-- index
CREATE INDEX "ix[crm_account].[sinkmodifiedon]" ON "dbo"."crm_account" ("sinkmodifiedon");

-- index
CREATE INDEX "ix[crm_account].[createdby]" ON "dbo"."crm_account" ("createdby");

-- index
CREATE INDEX "ix[crm_account].[createdbyexternalparty]" ON "dbo"."crm_account" ("createdbyexternalparty");

-- index
CREATE INDEX "ix[crm_account].[createdonbehalfby]" ON "dbo"."crm_account" ("createdonbehalfby");

-- index
CREATE INDEX "ix[crm_account].[masterid]" ON "dbo"."crm_account" ("masterid");

-- index
CREATE INDEX "ix[crm_account].[modifiedby]" ON "dbo"."crm_account" ("modifiedby");

-- index
CREATE INDEX "ix[crm_account].[modifiedbyexternalparty]" ON "dbo"."crm_account" ("modifiedbyexternalparty");

-- index
CREATE INDEX "ix[crm_account].[modifiedonbehalfby]" ON "dbo"."crm_account" ("modifiedonbehalfby");

-- index
CREATE INDEX "ix[crm_account].[msa_managingpartnerid]" ON "dbo"."crm_account" ("msa_managingpartnerid");

-- index
CREATE INDEX "ix[crm_account].[ownerid]" ON "dbo"."crm_account" ("ownerid");

-- index
CREATE INDEX "ix[crm_account].[owningbusinessunit]" ON "dbo"."crm_account" ("owningbusinessunit");

-- index
CREATE INDEX "ix[crm_account].[owningteam]" ON "dbo"."crm_account" ("owningteam");

-- index
CREATE INDEX "ix[crm_account].[owninguser]" ON "dbo"."crm_account" ("owninguser");

-- index
CREATE INDEX "ix[crm_account].[parentaccountid]" ON "dbo"."crm_account" ("parentaccountid");

-- index
CREATE INDEX "ix[crm_account].[preferredsystemuserid]" ON "dbo"."crm_account" ("preferredsystemuserid");

-- index
CREATE INDEX "ix[crm_account].[primarycontactid]" ON "dbo"."crm_account" ("primarycontactid");

-- index
CREATE INDEX "ix[crm_account].[slaid]" ON "dbo"."crm_account" ("slaid");

-- index
CREATE INDEX "ix[crm_account].[slainvokedid]" ON "dbo"."crm_account" ("slainvokedid");

-- index
CREATE INDEX "ix[crm_account].[transactioncurrencyid]" ON "dbo"."crm_account" ("transactioncurrencyid");

-- view
CREATE OR REPLACE VIEW "dbo"."crm_account_view" AS
SELECT
    t."id" AS "id",
    t."sinkcreatedon" AS "sinkcreatedon",
    t."sinkmodifiedon" AS "sinkmodifiedon",
    t."statecode" AS "statecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_statemetadata" AS m
        WHERE m."entityname" = 'account' AND m."state" = t."statecode" AND m."isuserlocalizedlabel") AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_statusmetadata" AS m
        WHERE m."entityname" = 'account' AND m."status" = t."statuscode" AND m."isuserlocalizedlabel") AS "statuscode_label",
    t."accountcategorycode" AS "accountcategorycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'accountcategorycode' AND m."option" = t."accountcategorycode" AND m."isuserlocalizedlabel") AS "accountcategorycode_label",
    t."accountclassificationcode" AS "accountclassificationcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'accountclassificationcode' AND m."option" = t."accountclassificationcode" AND m."isuserlocalizedlabel") AS "accountclassificationcode_label",
    t."accountratingcode" AS "accountratingcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'accountratingcode' AND m."option" = t."accountratingcode" AND m."isuserlocalizedlabel") AS "accountratingcode_label",
    t."address1_addresstypecode" AS "address1_addresstypecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'address1_addresstypecode' AND m."option" = t."address1_addresstypecode" AND m."isuserlocalizedlabel") AS "address1_addresstypecode_label",
    t."address1_freighttermscode" AS "address1_freighttermscode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'address1_freighttermscode' AND m."option" = t."address1_freighttermscode" AND m."isuserlocalizedlabel") AS "address1_freighttermscode_label",
    t."address1_shippingmethodcode" AS "address1_shippingmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'address1_shippingmethodcode' AND m."option" = t."address1_shippingmethodcode" AND m."isuserlocalizedlabel") AS "address1_shippingmethodcode_label",
    t."address2_addresstypecode" AS "address2_addresstypecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'address2_addresstypecode' AND m."option" = t."address2_addresstypecode" AND m."isuserlocalizedlabel") AS "address2_addresstypecode_label",
    t."address2_freighttermscode" AS "address2_freighttermscode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'address2_freighttermscode' AND m."option" = t."address2_freighttermscode" AND m."isuserlocalizedlabel") AS "address2_freighttermscode_label",
    t."address2_shippingmethodcode" AS "address2_shippingmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'address2_shippingmethodcode' AND m."option" = t."address2_shippingmethodcode" AND m."isuserlocalizedlabel") AS "address2_shippingmethodcode_label",
    t."businesstypecode" AS "businesstypecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'businesstypecode' AND m."option" = t."businesstypecode" AND m."isuserlocalizedlabel") AS "businesstypecode_label",
    t."customersizecode" AS "customersizecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'customersizecode' AND m."option" = t."customersizecode" AND m."isuserlocalizedlabel") AS "customersizecode_label",
    t."customertypecode" AS "customertypecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'customertypecode' AND m."option" = t."customertypecode" AND m."isuserlocalizedlabel") AS "customertypecode_label",
    t."industrycode" AS "industrycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'industrycode' AND m."option" = t."industrycode" AND m."isuserlocalizedlabel") AS "industrycode_label",
    t."ownershipcode" AS "ownershipcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'ownershipcode' AND m."option" = t."ownershipcode" AND m."isuserlocalizedlabel") AS "ownershipcode_label",
    t."paymenttermscode" AS "paymenttermscode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'paymenttermscode' AND m."option" = t."paymenttermscode" AND m."isuserlocalizedlabel") AS "paymenttermscode_label",
    t."preferredappointmentdaycode" AS "preferredappointmentdaycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'preferredappointmentdaycode' AND m."option" = t."preferredappointmentdaycode" AND m."isuserlocalizedlabel") AS "preferredappointmentdaycode_label",
    t."preferredappointmenttimecode" AS "preferredappointmenttimecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'preferredappointmenttimecode' AND m."option" = t."preferredappointmenttimecode" AND m."isuserlocalizedlabel") AS "preferredappointmenttimecode_label",
    t."preferredcontactmethodcode" AS "preferredcontactmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'preferredcontactmethodcode' AND m."option" = t."preferredcontactmethodcode" AND m."isuserlocalizedlabel") AS "preferredcontactmethodcode_label",
    t."shippingmethodcode" AS "shippingmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'shippingmethodcode' AND m."option" = t."shippingmethodcode" AND m."isuserlocalizedlabel") AS "shippingmethodcode_label",
    t."territorycode" AS "territorycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'territorycode' AND m."option" = t."territorycode" AND m."isuserlocalizedlabel") AS "territorycode_label",
    t."creditonhold" AS "creditonhold",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'creditonhold' AND m."option" = CAST(t."creditonhold" AS int) AND m."isuserlocalizedlabel") AS "creditonhold_label",
    t."donotbulkemail" AS "donotbulkemail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotbulkemail' AND m."option" = CAST(t."donotbulkemail" AS int) AND m."isuserlocalizedlabel") AS "donotbulkemail_label",
    t."donotbulkpostalmail" AS "donotbulkpostalmail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotbulkpostalmail' AND m."option" = CAST(t."donotbulkpostalmail" AS int) AND m."isuserlocalizedlabel") AS "donotbulkpostalmail_label",
    t."donotemail" AS "donotemail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotemail' AND m."option" = CAST(t."donotemail" AS int) AND m."isuserlocalizedlabel") AS "donotemail_label",
    t."donotfax" AS "donotfax",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotfax' AND m."option" = CAST(t."donotfax" AS int) AND m."isuserlocalizedlabel") AS "donotfax_label",
    t."donotphone" AS "donotphone",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotphone' AND m."option" = CAST(t."donotphone" AS int) AND m."isuserlocalizedlabel") AS "donotphone_label",
    t."donotpostalmail" AS "donotpostalmail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotpostalmail' AND m."option" = CAST(t."donotpostalmail" AS int) AND m."isuserlocalizedlabel") AS "donotpostalmail_label",
    t."donotsendmm" AS "donotsendmm",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'donotsendmm' AND m."option" = CAST(t."donotsendmm" AS int) AND m."isuserlocalizedlabel") AS "donotsendmm_label",
    t."followemail" AS "followemail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'followemail' AND m."option" = CAST(t."followemail" AS int) AND m."isuserlocalizedlabel") AS "followemail_label",
    t."marketingonly" AS "marketingonly",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'marketingonly' AND m."option" = CAST(t."marketingonly" AS int) AND m."isuserlocalizedlabel") AS "marketingonly_label",
    t."merged" AS "merged",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'merged' AND m."option" = CAST(t."merged" AS int) AND m."isuserlocalizedlabel") AS "merged_label",
    t."participatesinworkflow" AS "participatesinworkflow",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'account' AND m."optionsetname" = 'participatesinworkflow' AND m."option" = CAST(t."participatesinworkflow" AS int) AND m."isuserlocalizedlabel") AS "participatesinworkflow_label",
    t."createdby" AS "createdby",
    t."createdby_entitytype" AS "createdby_entitytype",
    t."createdbyexternalparty" AS "createdbyexternalparty",
    t."createdbyexternalparty_entitytype" AS "createdbyexternalparty_entitytype",
    t."createdonbehalfby" AS "createdonbehalfby",
    t."createdonbehalfby_entitytype" AS "createdonbehalfby_entitytype",
    t."masterid" AS "masterid",
    t."masterid_entitytype" AS "masterid_entitytype",
    t."modifiedby" AS "modifiedby",
    t."modifiedby_entitytype" AS "modifiedby_entitytype",
    t."modifiedbyexternalparty" AS "modifiedbyexternalparty",
    t."modifiedbyexternalparty_entitytype" AS "modifiedbyexternalparty_entitytype",
    t."modifiedonbehalfby" AS "modifiedonbehalfby",
    t."modifiedonbehalfby_entitytype" AS "modifiedonbehalfby_entitytype",
    t."msa_managingpartnerid" AS "msa_managingpartnerid",
    t."msa_managingpartnerid_entitytype" AS "msa_managingpartnerid_entitytype",
    t."ownerid" AS "ownerid",
    t."ownerid_entitytype" AS "ownerid_entitytype",
    t."owningbusinessunit" AS "owningbusinessunit",
    t."owningbusinessunit_entitytype" AS "owningbusinessunit_entitytype",
    t."owningteam" AS "owningteam",
    t."owningteam_entitytype" AS "owningteam_entitytype",
    t."owninguser" AS "owninguser",
    t."owninguser_entitytype" AS "owninguser_entitytype",
    t."parentaccountid" AS "parentaccountid",
    t."parentaccountid_entitytype" AS "parentaccountid_entitytype",
    t."preferredsystemuserid" AS "preferredsystemuserid",
    t."preferredsystemuserid_entitytype" AS "preferredsystemuserid_entitytype",
    t."primarycontactid" AS "primarycontactid",
    t."primarycontactid_entitytype" AS "primarycontactid_entitytype",
    t."slaid" AS "slaid",
    t."slaid_entitytype" AS "slaid_entitytype",
    t."slainvokedid" AS "slainvokedid",
    t."slainvokedid_entitytype" AS "slainvokedid_entitytype",
    t."transactioncurrencyid" AS "transactioncurrencyid",
    t."transactioncurrencyid_entitytype" AS "transactioncurrencyid_entitytype",
    t."aging30" AS "aging30",
    t."aging30_base" AS "aging30_base",
    t."aging60" AS "aging60",
    t."aging60_base" AS "aging60_base",
    t."aging90" AS "aging90",
    t."aging90_base" AS "aging90_base",
    t."creditlimit" AS "creditlimit",
    t."creditlimit_base" AS "creditlimit_base",
    t."marketcap" AS "marketcap",
    t."marketcap_base" AS "marketcap_base",
    t."revenue" AS "revenue",
    t."revenue_base" AS "revenue_base",
    t."accountid" AS "accountid",
    t."accountnumber" AS "accountnumber",
    t."address1_addressid" AS "address1_addressid",
    t."address1_city" AS "address1_city",
    t."address1_composite" AS "address1_composite",
    t."address1_country" AS "address1_country",
    t."address1_county" AS "address1_county",
    t."address1_fax" AS "address1_fax",
    t."address1_latitude" AS "address1_latitude",
    t."address1_line1" AS "address1_line1",
    t."address1_line2" AS "address1_line2",
    t."address1_line3" AS "address1_line3",
    t."address1_longitude" AS "address1_longitude",
    t."address1_name" AS "address1_name",
    t."address1_postalcode" AS "address1_postalcode",
    t."address1_postofficebox" AS "address1_postofficebox",
    t."address1_primarycontactname" AS "address1_primarycontactname",
    t."address1_stateorprovince" AS "address1_stateorprovince",
    t."address1_telephone1" AS "address1_telephone1",
    t."address1_telephone2" AS "address1_telephone2",
    t."address1_telephone3" AS "address1_telephone3",
    t."address1_upszone" AS "address1_upszone",
    t."address1_utcoffset" AS "address1_utcoffset",
    t."address2_addressid" AS "address2_addressid",
    t."address2_city" AS "address2_city",
    t."address2_composite" AS "address2_composite",
    t."address2_country" AS "address2_country",
    t."address2_county" AS "address2_county",
    t."address2_fax" AS "address2_fax",
    t."address2_latitude" AS "address2_latitude",
    t."address2_line1" AS "address2_line1",
    t."address2_line2" AS "address2_line2",
    t."address2_line3" AS "address2_line3",
    t."address2_longitude" AS "address2_longitude",
    t."address2_name" AS "address2_name",
    t."address2_postalcode" AS "address2_postalcode",
    t."address2_postofficebox" AS "address2_postofficebox",
    t."address2_primarycontactname" AS "address2_primarycontactname",
    t."address2_stateorprovince" AS "address2_stateorprovince",
    t."address2_telephone1" AS "address2_telephone1",
    t."address2_telephone2" AS "address2_telephone2",
    t."address2_telephone3" AS "address2_telephone3",
    t."address2_upszone" AS "address2_upszone",
    t."address2_utcoffset" AS "address2_utcoffset",
    t."adx_createdbyipaddress" AS "adx_createdbyipaddress",
    t."adx_createdbyusername" AS "adx_createdbyusername",
    t."adx_modifiedbyipaddress" AS "adx_modifiedbyipaddress",
    t."adx_modifiedbyusername" AS "adx_modifiedbyusername",
    t."createdon" AS "createdon",
    t."createdon" AT TIME ZONE 'UTC' AS "createdon_utc",
    t."description" AS "description",
    t."emailaddress1" AS "emailaddress1",
    t."emailaddress2" AS "emailaddress2",
    t."emailaddress3" AS "emailaddress3",
    t."entityimage_timestamp" AS "entityimage_timestamp",
    t."entityimage_url" AS "entityimage_url",
    t."entityimageid" AS "entityimageid",
    t."exchangerate" AS "exchangerate",
    t."fax" AS "fax",
    t."ftpsiteurl" AS "ftpsiteurl",
    t."importsequencenumber" AS "importsequencenumber",
    t."lastonholdtime" AS "lastonholdtime",
    t."lastonholdtime" AT TIME ZONE 'UTC' AS "lastonholdtime_utc",
    t."lastusedincampaign" AS "lastusedincampaign",
    t."lastusedincampaign" AT TIME ZONE 'UTC' AS "lastusedincampaign_utc",
    t."modifiedon" AS "modifiedon",
    t."modifiedon" AT TIME ZONE 'UTC' AS "modifiedon_utc",
    t."name" AS "name",
    t."numberofemployees" AS "numberofemployees",
    t."onholdtime" AS "onholdtime",
    t."overriddencreatedon" AS "overriddencreatedon",
    t."overriddencreatedon" AT TIME ZONE 'UTC' AS "overriddencreatedon_utc",
    t."primarysatoriid" AS "primarysatoriid",
    t."primarytwitterid" AS "primarytwitterid",
    t."processid" AS "processid",
    t."sharesoutstanding" AS "sharesoutstanding",
    t."sic" AS "sic",
    t."stageid" AS "stageid",
    t."stockexchange" AS "stockexchange",
    t."telephone1" AS "telephone1",
    t."telephone2" AS "telephone2",
    t."telephone3" AS "telephone3",
    t."tickersymbol" AS "tickersymbol",
    t."timespentbymeonemailandmeetings" AS "timespentbymeonemailandmeetings",
    t."timezoneruleversionnumber" AS "timezoneruleversionnumber",
    t."traversedpath" AS "traversedpath",
    t."utcconversiontimezonecode" AS "utcconversiontimezonecode",
    t."versionnumber" AS "versionnumber",
    t."websiteurl" AS "websiteurl",
    t."yominame" AS "yominame"
FROM "dbo"."crm_account" AS t;

-- view
COMMENT ON VIEW "dbo"."crm_account_view" IS 'Made by DataExport,
    version 9bb584d09aa655b8. Changes made here are lost: make a view of your own.';
