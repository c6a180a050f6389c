-- index
CREATE INDEX "IX[crm_lead].[SinkModifiedOn]" ON "dbo"."crm_lead" ("SinkModifiedOn");

-- index
CREATE INDEX "IX[crm_lead].[accountid]" ON "dbo"."crm_lead" ("accountid");

-- index
CREATE INDEX "IX[crm_lead].[campaignid]" ON "dbo"."crm_lead" ("campaignid");

-- index
CREATE INDEX "IX[crm_lead].[contactid]" ON "dbo"."crm_lead" ("contactid");

-- index
CREATE INDEX "IX[crm_lead].[createdby]" ON "dbo"."crm_lead" ("createdby");

-- index
CREATE INDEX "IX[crm_lead].[createdonbehalfby]" ON "dbo"."crm_lead" ("createdonbehalfby");

-- index
CREATE INDEX "IX[crm_lead].[customerid]" ON "dbo"."crm_lead" ("customerid");

-- index
CREATE INDEX "IX[crm_lead].[dnb_businessprofileid]" ON "dbo"."crm_lead" ("dnb_businessprofileid");

-- index
CREATE INDEX "IX[crm_lead].[dnb_contactprofileid]" ON "dbo"."crm_lead" ("dnb_contactprofileid");

-- index
CREATE INDEX "IX[crm_lead].[dnb_matchgradeid]" ON "dbo"."crm_lead" ("dnb_matchgradeid");

-- index
CREATE INDEX "IX[crm_lead].[dnb_mergedparent]" ON "dbo"."crm_lead" ("dnb_mergedparent");

-- index
CREATE INDEX "IX[crm_lead].[masterid]" ON "dbo"."crm_lead" ("masterid");

-- index
CREATE INDEX "IX[crm_lead].[modifiedby]" ON "dbo"."crm_lead" ("modifiedby");

-- index
CREATE INDEX "IX[crm_lead].[modifiedonbehalfby]" ON "dbo"."crm_lead" ("modifiedonbehalfby");

-- index
CREATE INDEX "IX[crm_lead].[msdyn_leadkpiid]" ON "dbo"."crm_lead" ("msdyn_leadkpiid");

-- index
CREATE INDEX "IX[crm_lead].[msdyn_predictivescoreid]" ON "dbo"."crm_lead" ("msdyn_predictivescoreid");

-- index
CREATE INDEX "IX[crm_lead].[msdyn_segmentid]" ON "dbo"."crm_lead" ("msdyn_segmentid");

-- index
CREATE INDEX "IX[crm_lead].[msdyncrm_customerjourneyid]" ON "dbo"."crm_lead" ("msdyncrm_customerjourneyid");

-- index
CREATE INDEX "IX[crm_lead].[msdyncrm_emailid]" ON "dbo"."crm_lead" ("msdyncrm_emailid");

-- index
CREATE INDEX "IX[crm_lead].[msdyncrm_linkedincampaign]" ON "dbo"."crm_lead" ("msdyncrm_linkedincampaign");

-- index
CREATE INDEX "IX[crm_lead].[msdyncrm_marketingformid]" ON "dbo"."crm_lead" ("msdyncrm_marketingformid");

-- index
CREATE INDEX "IX[crm_lead].[msdyncrm_marketingpageid]" ON "dbo"."crm_lead" ("msdyncrm_marketingpageid");

-- index
CREATE INDEX "IX[crm_lead].[msdyncrm_sourceform]" ON "dbo"."crm_lead" ("msdyncrm_sourceform");

-- index
CREATE INDEX "IX[crm_lead].[msdynmkt_customerjourneyid]" ON "dbo"."crm_lead" ("msdynmkt_customerjourneyid");

-- index
CREATE INDEX "IX[crm_lead].[msdynmkt_emailid]" ON "dbo"."crm_lead" ("msdynmkt_emailid");

-- index
CREATE INDEX "IX[crm_lead].[msdynmkt_marketingformid]" ON "dbo"."crm_lead" ("msdynmkt_marketingformid");

-- index
CREATE INDEX "IX[crm_lead].[msevtmgt_originatingeventid]" ON "dbo"."crm_lead" ("msevtmgt_originatingeventid");

-- index
CREATE INDEX "IX[crm_lead].[originatingcaseid]" ON "dbo"."crm_lead" ("originatingcaseid");

-- index
CREATE INDEX "IX[crm_lead].[ownerid]" ON "dbo"."crm_lead" ("ownerid");

-- index
CREATE INDEX "IX[crm_lead].[owningbusinessunit]" ON "dbo"."crm_lead" ("owningbusinessunit");

-- index
CREATE INDEX "IX[crm_lead].[owningteam]" ON "dbo"."crm_lead" ("owningteam");

-- index
CREATE INDEX "IX[crm_lead].[owninguser]" ON "dbo"."crm_lead" ("owninguser");

-- index
CREATE INDEX "IX[crm_lead].[parentaccountid]" ON "dbo"."crm_lead" ("parentaccountid");

-- index
CREATE INDEX "IX[crm_lead].[parentcontactid]" ON "dbo"."crm_lead" ("parentcontactid");

-- index
CREATE INDEX "IX[crm_lead].[qualifyingopportunityid]" ON "dbo"."crm_lead" ("qualifyingopportunityid");

-- index
CREATE INDEX "IX[crm_lead].[relatedobjectid]" ON "dbo"."crm_lead" ("relatedobjectid");

-- index
CREATE INDEX "IX[crm_lead].[slaid]" ON "dbo"."crm_lead" ("slaid");

-- index
CREATE INDEX "IX[crm_lead].[slainvokedid]" ON "dbo"."crm_lead" ("slainvokedid");

-- index
CREATE INDEX "IX[crm_lead].[transactioncurrencyid]" ON "dbo"."crm_lead" ("transactioncurrencyid");

-- view
CREATE VIEW "dbo"."crm_lead_view" AS
-- Made by DataExport, version 5a9162495baa2666. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."statecode" AS "statecode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_StateMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."State" = t."statecode" AND m."IsUserLocalizedLabel" = 1) AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_StatusMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."Status" = t."statuscode" AND m."IsUserLocalizedLabel" = 1) AS "statuscode_label",
    t."address1_addresstypecode" AS "address1_addresstypecode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'address1_addresstypecode' AND m."Option" = t."address1_addresstypecode" AND m."IsUserLocalizedLabel" = 1) AS "address1_addresstypecode_label",
    t."address1_shippingmethodcode" AS "address1_shippingmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'address1_shippingmethodcode' AND m."Option" = t."address1_shippingmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "address1_shippingmethodcode_label",
    t."address2_addresstypecode" AS "address2_addresstypecode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'address2_addresstypecode' AND m."Option" = t."address2_addresstypecode" AND m."IsUserLocalizedLabel" = 1) AS "address2_addresstypecode_label",
    t."address2_shippingmethodcode" AS "address2_shippingmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'address2_shippingmethodcode' AND m."Option" = t."address2_shippingmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "address2_shippingmethodcode_label",
    t."budgetstatus" AS "budgetstatus",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'budgetstatus' AND m."Option" = t."budgetstatus" AND m."IsUserLocalizedLabel" = 1) AS "budgetstatus_label",
    t."industrycode" AS "industrycode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'industrycode' AND m."Option" = t."industrycode" AND m."IsUserLocalizedLabel" = 1) AS "industrycode_label",
    t."initialcommunication" AS "initialcommunication",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'initialcommunication' AND m."Option" = t."initialcommunication" AND m."IsUserLocalizedLabel" = 1) AS "initialcommunication_label",
    t."leadqualitycode" AS "leadqualitycode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'leadqualitycode' AND m."Option" = t."leadqualitycode" AND m."IsUserLocalizedLabel" = 1) AS "leadqualitycode_label",
    t."leadsourcecode" AS "leadsourcecode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'leadsourcecode' AND m."Option" = t."leadsourcecode" AND m."IsUserLocalizedLabel" = 1) AS "leadsourcecode_label",
    t."msdyn_leadgrade" AS "msdyn_leadgrade",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'msdyn_leadgradeoptset' AND m."Option" = t."msdyn_leadgrade" AND m."IsUserLocalizedLabel" = 1) AS "msdyn_leadgrade_label",
    t."msdyn_leadscoretrend" AS "msdyn_leadscoretrend",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'msdyn_leadscoretrendoptset' AND m."Option" = t."msdyn_leadscoretrend" AND m."IsUserLocalizedLabel" = 1) AS "msdyn_leadscoretrend_label",
    t."msdyn_salesassignmentresult" AS "msdyn_salesassignmentresult",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyn_salesassignmentresult' AND m."Option" = t."msdyn_salesassignmentresult" AND m."IsUserLocalizedLabel" = 1) AS "msdyn_salesassignmentresult_label",
    t."msdyncrm_leadsourcetype" AS "msdyncrm_leadsourcetype",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_leadsourcetype' AND m."Option" = t."msdyncrm_leadsourcetype" AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_leadsourcetype_label",
    t."msft_datastate" AS "msft_datastate",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'msft_datastate' AND m."Option" = t."msft_datastate" AND m."IsUserLocalizedLabel" = 1) AS "msft_datastate_label",
    t."need" AS "need",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'need' AND m."Option" = t."need" AND m."IsUserLocalizedLabel" = 1) AS "need_label",
    t."preferredcontactmethodcode" AS "preferredcontactmethodcode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'preferredcontactmethodcode' AND m."Option" = t."preferredcontactmethodcode" AND m."IsUserLocalizedLabel" = 1) AS "preferredcontactmethodcode_label",
    t."prioritycode" AS "prioritycode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'prioritycode' AND m."Option" = t."prioritycode" AND m."IsUserLocalizedLabel" = 1) AS "prioritycode_label",
    t."purchaseprocess" AS "purchaseprocess",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'purchaseprocess' AND m."Option" = t."purchaseprocess" AND m."IsUserLocalizedLabel" = 1) AS "purchaseprocess_label",
    t."purchasetimeframe" AS "purchasetimeframe",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'purchasetimeframe' AND m."Option" = t."purchasetimeframe" AND m."IsUserLocalizedLabel" = 1) AS "purchasetimeframe_label",
    t."salesstage" AS "salesstage",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'lead_salesstage' AND m."Option" = t."salesstage" AND m."IsUserLocalizedLabel" = 1) AS "salesstage_label",
    t."salesstagecode" AS "salesstagecode",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'salesstagecode' AND m."Option" = t."salesstagecode" AND m."IsUserLocalizedLabel" = 1) AS "salesstagecode_label",
    t."confirminterest" AS "confirminterest",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'confirminterest' AND m."Option" = CAST(t."confirminterest" AS int) AND m."IsUserLocalizedLabel" = 1) AS "confirminterest_label",
    t."decisionmaker" AS "decisionmaker",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'decisionmaker' AND m."Option" = CAST(t."decisionmaker" AS int) AND m."IsUserLocalizedLabel" = 1) AS "decisionmaker_label",
    t."dnb_excludefromoptimizer" AS "dnb_excludefromoptimizer",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'dnb_excludefromoptimizer' AND m."Option" = CAST(t."dnb_excludefromoptimizer" AS int) AND m."IsUserLocalizedLabel" = 1) AS "dnb_excludefromoptimizer_label",
    t."dnb_mergedbyoptimizer" AS "dnb_mergedbyoptimizer",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'dnb_mergedbyoptimizer' AND m."Option" = CAST(t."dnb_mergedbyoptimizer" AS int) AND m."IsUserLocalizedLabel" = 1) AS "dnb_mergedbyoptimizer_label",
    t."dnb_mergedflag" AS "dnb_mergedflag",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'dnb_mergedflag' AND m."Option" = CAST(t."dnb_mergedflag" AS int) AND m."IsUserLocalizedLabel" = 1) AS "dnb_mergedflag_label",
    t."donotbulkemail" AS "donotbulkemail",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'donotbulkemail' AND m."Option" = CAST(t."donotbulkemail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotbulkemail_label",
    t."donotemail" AS "donotemail",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'donotemail' AND m."Option" = CAST(t."donotemail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotemail_label",
    t."donotfax" AS "donotfax",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'donotfax' AND m."Option" = CAST(t."donotfax" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotfax_label",
    t."donotphone" AS "donotphone",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'donotphone' AND m."Option" = CAST(t."donotphone" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotphone_label",
    t."donotpostalmail" AS "donotpostalmail",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'donotpostalmail' AND m."Option" = CAST(t."donotpostalmail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotpostalmail_label",
    t."donotsendmm" AS "donotsendmm",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'donotsendmm' AND m."Option" = CAST(t."donotsendmm" AS int) AND m."IsUserLocalizedLabel" = 1) AS "donotsendmm_label",
    t."evaluatefit" AS "evaluatefit",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_GlobalOptionsetMetadata" AS m
        WHERE m."OptionSetName" = N'evaluatefit' AND m."Option" = CAST(t."evaluatefit" AS int) AND m."IsUserLocalizedLabel" = 1) AS "evaluatefit_label",
    t."followemail" AS "followemail",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'followemail' AND m."Option" = CAST(t."followemail" AS int) AND m."IsUserLocalizedLabel" = 1) AS "followemail_label",
    t."merged" AS "merged",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'merged' AND m."Option" = CAST(t."merged" AS int) AND m."IsUserLocalizedLabel" = 1) AS "merged_label",
    t."msdyn_gdproptout" AS "msdyn_gdproptout",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyn_gdproptout' AND m."Option" = CAST(t."msdyn_gdproptout" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyn_gdproptout_label",
    t."msdyncrm_purchaseneed" AS "msdyncrm_purchaseneed",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_purchaseneed' AND m."Option" = CAST(t."msdyncrm_purchaseneed" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_purchaseneed_label",
    t."msdyncrm_recycled" AS "msdyncrm_recycled",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_recycled' AND m."Option" = CAST(t."msdyncrm_recycled" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_recycled_label",
    t."msdyncrm_salesaccepted" AS "msdyncrm_salesaccepted",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_salesaccepted' AND m."Option" = CAST(t."msdyncrm_salesaccepted" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_salesaccepted_label",
    t."msdyncrm_salesready" AS "msdyncrm_salesready",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_salesready' AND m."Option" = CAST(t."msdyncrm_salesready" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_salesready_label",
    t."msdyncrm_teleprospectaccepted" AS "msdyncrm_teleprospectaccepted",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_teleprospectaccepted' AND m."Option" = CAST(t."msdyncrm_teleprospectaccepted" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_teleprospectaccepted_label",
    t."msdyncrm_teleprospectready" AS "msdyncrm_teleprospectready",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_teleprospectready' AND m."Option" = CAST(t."msdyncrm_teleprospectready" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_teleprospectready_label",
    t."msdyncrm_triggerrecycle" AS "msdyncrm_triggerrecycle",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdyncrm_triggerrecycle' AND m."Option" = CAST(t."msdyncrm_triggerrecycle" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdyncrm_triggerrecycle_label",
    t."msdynmkt_issalesreadysetmanually" AS "msdynmkt_issalesreadysetmanually",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'msdynmkt_issalesreadysetmanually' AND m."Option" = CAST(t."msdynmkt_issalesreadysetmanually" AS int) AND m."IsUserLocalizedLabel" = 1) AS "msdynmkt_issalesreadysetmanually_label",
    t."participatesinworkflow" AS "participatesinworkflow",
    (SELECT MIN(m."LocalizedLabel") FROM "dbo"."crm_OptionsetMetadata" AS m
        WHERE m."EntityName" = N'lead' AND m."OptionSetName" = N'participatesinworkflow' AND m."Option" = CAST(t."participatesinworkflow" AS int) AND m."IsUserLocalizedLabel" = 1) AS "participatesinworkflow_label",
    t."accountid" AS "accountid",
    t."accountid_entitytype" AS "accountid_entitytype",
    t."campaignid" AS "campaignid",
    t."campaignid_entitytype" AS "campaignid_entitytype",
    t."contactid" AS "contactid",
    t."contactid_entitytype" AS "contactid_entitytype",
    t."createdby" AS "createdby",
    t."createdby_entitytype" AS "createdby_entitytype",
    t."createdonbehalfby" AS "createdonbehalfby",
    t."createdonbehalfby_entitytype" AS "createdonbehalfby_entitytype",
    t."customerid" AS "customerid",
    t."customerid_entitytype" AS "customerid_entitytype",
    t."dnb_businessprofileid" AS "dnb_businessprofileid",
    t."dnb_businessprofileid_entitytype" AS "dnb_businessprofileid_entitytype",
    t."dnb_contactprofileid" AS "dnb_contactprofileid",
    t."dnb_contactprofileid_entitytype" AS "dnb_contactprofileid_entitytype",
    t."dnb_matchgradeid" AS "dnb_matchgradeid",
    t."dnb_matchgradeid_entitytype" AS "dnb_matchgradeid_entitytype",
    t."dnb_mergedparent" AS "dnb_mergedparent",
    t."dnb_mergedparent_entitytype" AS "dnb_mergedparent_entitytype",
    t."masterid" AS "masterid",
    t."masterid_entitytype" AS "masterid_entitytype",
    t."modifiedby" AS "modifiedby",
    t."modifiedby_entitytype" AS "modifiedby_entitytype",
    t."modifiedonbehalfby" AS "modifiedonbehalfby",
    t."modifiedonbehalfby_entitytype" AS "modifiedonbehalfby_entitytype",
    t."msdyn_leadkpiid" AS "msdyn_leadkpiid",
    t."msdyn_leadkpiid_entitytype" AS "msdyn_leadkpiid_entitytype",
    t."msdyn_predictivescoreid" AS "msdyn_predictivescoreid",
    t."msdyn_predictivescoreid_entitytype" AS "msdyn_predictivescoreid_entitytype",
    t."msdyn_segmentid" AS "msdyn_segmentid",
    t."msdyn_segmentid_entitytype" AS "msdyn_segmentid_entitytype",
    t."msdyncrm_customerjourneyid" AS "msdyncrm_customerjourneyid",
    t."msdyncrm_customerjourneyid_entitytype" AS "msdyncrm_customerjourneyid_entitytype",
    t."msdyncrm_emailid" AS "msdyncrm_emailid",
    t."msdyncrm_emailid_entitytype" AS "msdyncrm_emailid_entitytype",
    t."msdyncrm_linkedincampaign" AS "msdyncrm_linkedincampaign",
    t."msdyncrm_linkedincampaign_entitytype" AS "msdyncrm_linkedincampaign_entitytype",
    t."msdyncrm_marketingformid" AS "msdyncrm_marketingformid",
    t."msdyncrm_marketingformid_entitytype" AS "msdyncrm_marketingformid_entitytype",
    t."msdyncrm_marketingpageid" AS "msdyncrm_marketingpageid",
    t."msdyncrm_marketingpageid_entitytype" AS "msdyncrm_marketingpageid_entitytype",
    t."msdyncrm_sourceform" AS "msdyncrm_sourceform",
    t."msdyncrm_sourceform_entitytype" AS "msdyncrm_sourceform_entitytype",
    t."msdynmkt_customerjourneyid" AS "msdynmkt_customerjourneyid",
    t."msdynmkt_customerjourneyid_entitytype" AS "msdynmkt_customerjourneyid_entitytype",
    t."msdynmkt_emailid" AS "msdynmkt_emailid",
    t."msdynmkt_emailid_entitytype" AS "msdynmkt_emailid_entitytype",
    t."msdynmkt_marketingformid" AS "msdynmkt_marketingformid",
    t."msdynmkt_marketingformid_entitytype" AS "msdynmkt_marketingformid_entitytype",
    t."msevtmgt_originatingeventid" AS "msevtmgt_originatingeventid",
    t."msevtmgt_originatingeventid_entitytype" AS "msevtmgt_originatingeventid_entitytype",
    t."originatingcaseid" AS "originatingcaseid",
    t."originatingcaseid_entitytype" AS "originatingcaseid_entitytype",
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
    t."parentcontactid" AS "parentcontactid",
    t."parentcontactid_entitytype" AS "parentcontactid_entitytype",
    t."qualifyingopportunityid" AS "qualifyingopportunityid",
    t."qualifyingopportunityid_entitytype" AS "qualifyingopportunityid_entitytype",
    t."relatedobjectid" AS "relatedobjectid",
    t."relatedobjectid_entitytype" AS "relatedobjectid_entitytype",
    t."slaid" AS "slaid",
    t."slaid_entitytype" AS "slaid_entitytype",
    t."slainvokedid" AS "slainvokedid",
    t."slainvokedid_entitytype" AS "slainvokedid_entitytype",
    t."transactioncurrencyid" AS "transactioncurrencyid",
    t."transactioncurrencyid_entitytype" AS "transactioncurrencyid_entitytype",
    t."budgetamount" AS "budgetamount",
    t."budgetamount_base" AS "budgetamount_base",
    t."estimatedamount" AS "estimatedamount",
    t."estimatedamount_base" AS "estimatedamount_base",
    t."revenue" AS "revenue",
    t."revenue_base" AS "revenue_base",
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
    t."address2_stateorprovince" AS "address2_stateorprovince",
    t."address2_telephone1" AS "address2_telephone1",
    t."address2_telephone2" AS "address2_telephone2",
    t."address2_telephone3" AS "address2_telephone3",
    t."address2_upszone" AS "address2_upszone",
    t."address2_utcoffset" AS "address2_utcoffset",
    t."businesscard" AS "businesscard",
    t."businesscardattributes" AS "businesscardattributes",
    t."companyname" AS "companyname",
    t."createdon" AS "createdon",
    TODATETIMEOFFSET(CAST(t."createdon" AS datetime2(3)), '+00:00') AS "createdon_utc",
    t."description" AS "description",
    t."emailaddress1" AS "emailaddress1",
    t."emailaddress2" AS "emailaddress2",
    t."emailaddress3" AS "emailaddress3",
    t."entityimage_timestamp" AS "entityimage_timestamp",
    t."entityimage_url" AS "entityimage_url",
    t."entityimageid" AS "entityimageid",
    t."estimatedclosedate" AS "estimatedclosedate",
    t."estimatedvalue" AS "estimatedvalue",
    t."exchangerate" AS "exchangerate",
    t."fax" AS "fax",
    t."firstname" AS "firstname",
    t."fullname" AS "fullname",
    t."importsequencenumber" AS "importsequencenumber",
    t."jobtitle" AS "jobtitle",
    t."lastname" AS "lastname",
    t."lastonholdtime" AS "lastonholdtime",
    TODATETIMEOFFSET(CAST(t."lastonholdtime" AS datetime2(3)), '+00:00') AS "lastonholdtime_utc",
    t."lastusedincampaign" AS "lastusedincampaign",
    TODATETIMEOFFSET(CAST(t."lastusedincampaign" AS datetime2(3)), '+00:00') AS "lastusedincampaign_utc",
    t."leadid" AS "leadid",
    t."middlename" AS "middlename",
    t."mobilephone" AS "mobilephone",
    t."modifiedon" AS "modifiedon",
    TODATETIMEOFFSET(CAST(t."modifiedon" AS datetime2(3)), '+00:00') AS "modifiedon_utc",
    t."msdyn_leadscore" AS "msdyn_leadscore",
    t."msdyn_scorehistory" AS "msdyn_scorehistory",
    t."msdyn_scorereasons" AS "msdyn_scorereasons",
    t."msdyncrm_code" AS "msdyncrm_code",
    t."msdyncrm_companysize" AS "msdyncrm_companysize",
    t."msdyncrm_contactid" AS "msdyncrm_contactid",
    t."msdyncrm_degree" AS "msdyncrm_degree",
    t."msdyncrm_fieldofstudy" AS "msdyncrm_fieldofstudy",
    t."msdyncrm_graduationdate" AS "msdyncrm_graduationdate",
    t."msdyncrm_industry" AS "msdyncrm_industry",
    t."msdyncrm_insights_placeholder" AS "msdyncrm_insights_placeholder",
    t."msdyncrm_jobfunction" AS "msdyncrm_jobfunction",
    t."msdyncrm_latestsubmissiondate" AS "msdyncrm_latestsubmissiondate",
    TODATETIMEOFFSET(CAST(t."msdyncrm_latestsubmissiondate" AS datetime2(3)),
    '+00:00') AS "msdyncrm_latestsubmissiondate_utc",
    t."msdyncrm_leadid" AS "msdyncrm_leadid",
    t."msdyncrm_linkedinsubmissioncount" AS "msdyncrm_linkedinsubmissioncount",
    t."msdyncrm_linkedinsubmissioncount_date" AS "msdyncrm_linkedinsubmissioncount_date",
    TODATETIMEOFFSET(CAST(t."msdyncrm_linkedinsubmissioncount_date" AS datetime2(3)),
    '+00:00') AS "msdyncrm_linkedinsubmissioncount_date_utc",
    t."msdyncrm_linkedinsubmissioncount_state" AS "msdyncrm_linkedinsubmissioncount_state",
    t."msdyncrm_marketingformsubmissiondateprecise" AS "msdyncrm_marketingformsubmissiondateprecise",
    t."msdyncrm_profileid" AS "msdyncrm_profileid",
    t."msdyncrm_sastoken" AS "msdyncrm_sastoken",
    t."msdyncrm_school" AS "msdyncrm_school",
    t."msdyncrm_scores" AS "msdyncrm_scores",
    t."msdyncrm_scoringgrade" AS "msdyncrm_scoringgrade",
    t."msdyncrm_seniority" AS "msdyncrm_seniority",
    t."msdyncrm_startdate" AS "msdyncrm_startdate",
    t."msdynmkt_journeyactionid" AS "msdynmkt_journeyactionid",
    t."numberofemployees" AS "numberofemployees",
    t."onholdtime" AS "onholdtime",
    t."overriddencreatedon" AS "overriddencreatedon",
    TODATETIMEOFFSET(CAST(t."overriddencreatedon" AS datetime2(3)), '+00:00') AS "overriddencreatedon_utc",
    t."pager" AS "pager",
    t."processid" AS "processid",
    t."qualificationcomments" AS "qualificationcomments",
    t."salutation" AS "salutation",
    t."schedulefollowup_prospect" AS "schedulefollowup_prospect",
    TODATETIMEOFFSET(CAST(t."schedulefollowup_prospect" AS datetime2(3)),
    '+00:00') AS "schedulefollowup_prospect_utc",
    t."schedulefollowup_qualify" AS "schedulefollowup_qualify",
    TODATETIMEOFFSET(CAST(t."schedulefollowup_qualify" AS datetime2(3)), '+00:00') AS "schedulefollowup_qualify_utc",
    t."sic" AS "sic",
    t."stageid" AS "stageid",
    t."subject" AS "subject",
    t."teamsfollowed" AS "teamsfollowed",
    t."telephone1" AS "telephone1",
    t."telephone2" AS "telephone2",
    t."telephone3" AS "telephone3",
    t."timespentbymeonemailandmeetings" AS "timespentbymeonemailandmeetings",
    t."timezoneruleversionnumber" AS "timezoneruleversionnumber",
    t."traversedpath" AS "traversedpath",
    t."utcconversiontimezonecode" AS "utcconversiontimezonecode",
    t."versionnumber" AS "versionnumber",
    t."websiteurl" AS "websiteurl",
    t."yomicompanyname" AS "yomicompanyname",
    t."yomifirstname" AS "yomifirstname",
    t."yomifullname" AS "yomifullname",
    t."yomilastname" AS "yomilastname",
    t."yomimiddlename" AS "yomimiddlename"
FROM "dbo"."crm_lead" AS t;
