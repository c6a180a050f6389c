-- index
CREATE INDEX "IX[crm_account].[SinkModifiedOn]" ON "crm_account" ("SinkModifiedOn");

-- index
CREATE INDEX "IX[crm_account].[createdby]" ON "crm_account" ("createdby");

-- index
CREATE INDEX "IX[crm_account].[createdbyexternalparty]" ON "crm_account" ("createdbyexternalparty");

-- index
CREATE INDEX "IX[crm_account].[createdonbehalfby]" ON "crm_account" ("createdonbehalfby");

-- index
CREATE INDEX "IX[crm_account].[masterid]" ON "crm_account" ("masterid");

-- index
CREATE INDEX "IX[crm_account].[modifiedby]" ON "crm_account" ("modifiedby");

-- index
CREATE INDEX "IX[crm_account].[modifiedbyexternalparty]" ON "crm_account" ("modifiedbyexternalparty");

-- index
CREATE INDEX "IX[crm_account].[modifiedonbehalfby]" ON "crm_account" ("modifiedonbehalfby");

-- index
CREATE INDEX "IX[crm_account].[msa_managingpartnerid]" ON "crm_account" ("msa_managingpartnerid");

-- index
CREATE INDEX "IX[crm_account].[ownerid]" ON "crm_account" ("ownerid");

-- index
CREATE INDEX "IX[crm_account].[owningbusinessunit]" ON "crm_account" ("owningbusinessunit");

-- index
CREATE INDEX "IX[crm_account].[owningteam]" ON "crm_account" ("owningteam");

-- index
CREATE INDEX "IX[crm_account].[owninguser]" ON "crm_account" ("owninguser");

-- index
CREATE INDEX "IX[crm_account].[parentaccountid]" ON "crm_account" ("parentaccountid");

-- index
CREATE INDEX "IX[crm_account].[preferredsystemuserid]" ON "crm_account" ("preferredsystemuserid");

-- index
CREATE INDEX "IX[crm_account].[primarycontactid]" ON "crm_account" ("primarycontactid");

-- index
CREATE INDEX "IX[crm_account].[slaid]" ON "crm_account" ("slaid");

-- index
CREATE INDEX "IX[crm_account].[slainvokedid]" ON "crm_account" ("slainvokedid");

-- index
CREATE INDEX "IX[crm_account].[transactioncurrencyid]" ON "crm_account" ("transactioncurrencyid");

-- view
CREATE VIEW "crm_account_view" AS
-- Made by DataExport, version 531325d789f2f8b9. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."statecode" AS "statecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_StateMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."State" = t."statecode" AND m."IsUserLocalizedLabel" = 1) AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_StatusMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."Status" = t."statuscode" AND m."IsUserLocalizedLabel" = 1) AS "statuscode_label",
    t."accountcategorycode" AS "accountcategorycode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'accountcategorycode' AND m."Option" = t."accountcategorycode" AND m."IsUserLocalizedLabel" = 1) AS "accountcategorycode_label",
    t."accountclassificationcode" AS "accountclassificationcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'accountclassificationcode' AND m."Option" = t."accountclassificationcode" AND m."IsUserLocalizedLabel" = 1) AS "accountclassificationcode_label",
    t."accountratingcode" AS "accountratingcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'accountratingcode' AND m."Option" = t."accountratingcode" AND m."IsUserLocalizedLabel" = 1) AS "accountratingcode_label",
    t."address1_addresstypecode" AS "address1_addresstypecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'address1_addresstypecode' AND m."Option" = t."address1_addresstypecode" AND m."IsUserLocalizedLabel" = 1) AS "address1_addresstypecode_label",
    t."address1_freighttermscode" AS "address1_freighttermscode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'address1_freighttermscode' AND m."Option" = t."address1_freighttermscode" AND m."IsUserLocalizedLabel" = 1) AS "address1_freighttermscode_label",
    t."address1_shippingmethodcode" AS "address1_shippingmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'address1_shippingmethodcode' AND m."Option" = t."address1_shippingmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "address1_shippingmethodcode_label",
    t."address2_addresstypecode" AS "address2_addresstypecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'address2_addresstypecode' AND m."Option" = t."address2_addresstypecode" AND m."IsUserLocalizedLabel" = 1) AS "address2_addresstypecode_label",
    t."address2_freighttermscode" AS "address2_freighttermscode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'address2_freighttermscode' AND m."Option" = t."address2_freighttermscode" AND m."IsUserLocalizedLabel" = 1) AS "address2_freighttermscode_label",
    t."address2_shippingmethodcode" AS "address2_shippingmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'address2_shippingmethodcode' AND m."Option" = t."address2_shippingmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "address2_shippingmethodcode_label",
    t."businesstypecode" AS "businesstypecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'businesstypecode' AND m."Option" = t."businesstypecode" AND m."IsUserLocalizedLabel" = 1) AS "businesstypecode_label",
    t."customersizecode" AS "customersizecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'customersizecode' AND m."Option" = t."customersizecode" AND m."IsUserLocalizedLabel" = 1) AS "customersizecode_label",
    t."customertypecode" AS "customertypecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'customertypecode' AND m."Option" = t."customertypecode" AND m."IsUserLocalizedLabel" = 1) AS "customertypecode_label",
    t."industrycode" AS "industrycode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'industrycode' AND m."Option" = t."industrycode" AND m."IsUserLocalizedLabel" = 1) AS "industrycode_label",
    t."ownershipcode" AS "ownershipcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'ownershipcode' AND m."Option" = t."ownershipcode" AND m."IsUserLocalizedLabel" = 1) AS "ownershipcode_label",
    t."paymenttermscode" AS "paymenttermscode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'paymenttermscode' AND m."Option" = t."paymenttermscode" AND m."IsUserLocalizedLabel" = 1) AS "paymenttermscode_label",
    t."preferredappointmentdaycode" AS "preferredappointmentdaycode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'preferredappointmentdaycode' AND m."Option" = t."preferredappointmentdaycode" AND m."IsUserLocalizedLabel" = 1) AS "preferredappointmentdaycode_label",
    t."preferredappointmenttimecode" AS "preferredappointmenttimecode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'preferredappointmenttimecode' AND m."Option" = t."preferredappointmenttimecode" AND m."IsUserLocalizedLabel" = 1) AS "preferredappointmenttimecode_label",
    t."preferredcontactmethodcode" AS "preferredcontactmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'preferredcontactmethodcode' AND m."Option" = t."preferredcontactmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "preferredcontactmethodcode_label",
    t."shippingmethodcode" AS "shippingmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'shippingmethodcode' AND m."Option" = t."shippingmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "shippingmethodcode_label",
    t."territorycode" AS "territorycode",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'territorycode' AND m."Option" = t."territorycode" AND m."IsUserLocalizedLabel" = 1) AS "territorycode_label",
    t."creditonhold" AS "creditonhold",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'creditonhold' AND m."Option" = CAST(t."creditonhold" AS int) AND m."IsUserLocalizedLabel" = 1) AS "creditonhold_label",
    t."donotbulkemail" AS "donotbulkemail",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotbulkemail' AND m."Option" = CAST(t."donotbulkemail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotbulkemail_label",
    t."donotbulkpostalmail" AS "donotbulkpostalmail",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotbulkpostalmail' AND m."Option" = CAST(t."donotbulkpostalmail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotbulkpostalmail_label",
    t."donotemail" AS "donotemail",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotemail' AND m."Option" = CAST(t."donotemail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotemail_label",
    t."donotfax" AS "donotfax",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotfax' AND m."Option" = CAST(t."donotfax" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotfax_label",
    t."donotphone" AS "donotphone",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotphone' AND m."Option" = CAST(t."donotphone" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotphone_label",
    t."donotpostalmail" AS "donotpostalmail",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotpostalmail' AND m."Option" = CAST(t."donotpostalmail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotpostalmail_label",
    t."donotsendmm" AS "donotsendmm",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'donotsendmm' AND m."Option" = CAST(t."donotsendmm" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotsendmm_label",
    t."followemail" AS "followemail",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'followemail' AND m."Option" = CAST(t."followemail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "followemail_label",
    t."marketingonly" AS "marketingonly",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'marketingonly' AND m."Option" = CAST(t."marketingonly" AS int) AND m."IsUserLocalizedLabel" = 1) AS "marketingonly_label",
    t."merged" AS "merged",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'merged' AND m."Option" = CAST(t."merged" AS int) AND m."IsUserLocalizedLabel" = 1) AS "merged_label",
    t."participatesinworkflow" AS "participatesinworkflow",
    (SELECT MIN(m."LocalizedLabel") FROM "crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = 'account' AND m."OptionSetName" = 'participatesinworkflow' AND m."Option" = CAST(t."participatesinworkflow" AS int) AND m."IsUserLocalizedLabel" = 1) AS "participatesinworkflow_label",
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
    t."createdon" || 'Z' AS "createdon_utc",
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
    t."lastonholdtime" || 'Z' AS "lastonholdtime_utc",
    t."lastusedincampaign" AS "lastusedincampaign",
    t."lastusedincampaign" || 'Z' AS "lastusedincampaign_utc",
    t."modifiedon" AS "modifiedon",
    t."modifiedon" || 'Z' AS "modifiedon_utc",
    t."name" AS "name",
    t."numberofemployees" AS "numberofemployees",
    t."onholdtime" AS "onholdtime",
    t."overriddencreatedon" AS "overriddencreatedon",
    t."overriddencreatedon" || 'Z' AS "overriddencreatedon_utc",
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
FROM "crm_account" AS t;
