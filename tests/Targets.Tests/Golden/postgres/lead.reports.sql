-- index
CREATE INDEX "ix[crm_lead].[sinkmodifiedon]" ON "dbo"."crm_lead" ("sinkmodifiedon");

-- index
CREATE INDEX "ix[crm_lead].[accountid]" ON "dbo"."crm_lead" ("accountid");

-- index
CREATE INDEX "ix[crm_lead].[campaignid]" ON "dbo"."crm_lead" ("campaignid");

-- index
CREATE INDEX "ix[crm_lead].[contactid]" ON "dbo"."crm_lead" ("contactid");

-- index
CREATE INDEX "ix[crm_lead].[createdby]" ON "dbo"."crm_lead" ("createdby");

-- index
CREATE INDEX "ix[crm_lead].[createdonbehalfby]" ON "dbo"."crm_lead" ("createdonbehalfby");

-- index
CREATE INDEX "ix[crm_lead].[customerid]" ON "dbo"."crm_lead" ("customerid");

-- index
CREATE INDEX "ix[crm_lead].[dnb_businessprofileid]" ON "dbo"."crm_lead" ("dnb_businessprofileid");

-- index
CREATE INDEX "ix[crm_lead].[dnb_contactprofileid]" ON "dbo"."crm_lead" ("dnb_contactprofileid");

-- index
CREATE INDEX "ix[crm_lead].[dnb_matchgradeid]" ON "dbo"."crm_lead" ("dnb_matchgradeid");

-- index
CREATE INDEX "ix[crm_lead].[dnb_mergedparent]" ON "dbo"."crm_lead" ("dnb_mergedparent");

-- index
CREATE INDEX "ix[crm_lead].[masterid]" ON "dbo"."crm_lead" ("masterid");

-- index
CREATE INDEX "ix[crm_lead].[modifiedby]" ON "dbo"."crm_lead" ("modifiedby");

-- index
CREATE INDEX "ix[crm_lead].[modifiedonbehalfby]" ON "dbo"."crm_lead" ("modifiedonbehalfby");

-- index
CREATE INDEX "ix[crm_lead].[msdyn_leadkpiid]" ON "dbo"."crm_lead" ("msdyn_leadkpiid");

-- index
CREATE INDEX "ix[crm_lead].[msdyn_predictivescoreid]" ON "dbo"."crm_lead" ("msdyn_predictivescoreid");

-- index
CREATE INDEX "ix[crm_lead].[msdyn_segmentid]" ON "dbo"."crm_lead" ("msdyn_segmentid");

-- index
CREATE INDEX "ix[crm_lead].[msdyncrm_customerjourneyid]" ON "dbo"."crm_lead" ("msdyncrm_customerjourneyid");

-- index
CREATE INDEX "ix[crm_lead].[msdyncrm_emailid]" ON "dbo"."crm_lead" ("msdyncrm_emailid");

-- index
CREATE INDEX "ix[crm_lead].[msdyncrm_linkedincampaign]" ON "dbo"."crm_lead" ("msdyncrm_linkedincampaign");

-- index
CREATE INDEX "ix[crm_lead].[msdyncrm_marketingformid]" ON "dbo"."crm_lead" ("msdyncrm_marketingformid");

-- index
CREATE INDEX "ix[crm_lead].[msdyncrm_marketingpageid]" ON "dbo"."crm_lead" ("msdyncrm_marketingpageid");

-- index
CREATE INDEX "ix[crm_lead].[msdyncrm_sourceform]" ON "dbo"."crm_lead" ("msdyncrm_sourceform");

-- index
CREATE INDEX "ix[crm_lead].[msdynmkt_customerjourneyid]" ON "dbo"."crm_lead" ("msdynmkt_customerjourneyid");

-- index
CREATE INDEX "ix[crm_lead].[msdynmkt_emailid]" ON "dbo"."crm_lead" ("msdynmkt_emailid");

-- index
CREATE INDEX "ix[crm_lead].[msdynmkt_marketingformid]" ON "dbo"."crm_lead" ("msdynmkt_marketingformid");

-- index
CREATE INDEX "ix[crm_lead].[msevtmgt_originatingeventid]" ON "dbo"."crm_lead" ("msevtmgt_originatingeventid");

-- index
CREATE INDEX "ix[crm_lead].[originatingcaseid]" ON "dbo"."crm_lead" ("originatingcaseid");

-- index
CREATE INDEX "ix[crm_lead].[ownerid]" ON "dbo"."crm_lead" ("ownerid");

-- index
CREATE INDEX "ix[crm_lead].[owningbusinessunit]" ON "dbo"."crm_lead" ("owningbusinessunit");

-- index
CREATE INDEX "ix[crm_lead].[owningteam]" ON "dbo"."crm_lead" ("owningteam");

-- index
CREATE INDEX "ix[crm_lead].[owninguser]" ON "dbo"."crm_lead" ("owninguser");

-- index
CREATE INDEX "ix[crm_lead].[parentaccountid]" ON "dbo"."crm_lead" ("parentaccountid");

-- index
CREATE INDEX "ix[crm_lead].[parentcontactid]" ON "dbo"."crm_lead" ("parentcontactid");

-- index
CREATE INDEX "ix[crm_lead].[qualifyingopportunityid]" ON "dbo"."crm_lead" ("qualifyingopportunityid");

-- index
CREATE INDEX "ix[crm_lead].[relatedobjectid]" ON "dbo"."crm_lead" ("relatedobjectid");

-- index
CREATE INDEX "ix[crm_lead].[slaid]" ON "dbo"."crm_lead" ("slaid");

-- index
CREATE INDEX "ix[crm_lead].[slainvokedid]" ON "dbo"."crm_lead" ("slainvokedid");

-- index
CREATE INDEX "ix[crm_lead].[transactioncurrencyid]" ON "dbo"."crm_lead" ("transactioncurrencyid");

-- view
CREATE OR REPLACE VIEW "dbo"."crm_lead_view" AS
SELECT
    t."id" AS "id",
    t."sinkcreatedon" AS "sinkcreatedon",
    t."sinkmodifiedon" AS "sinkmodifiedon",
    t."statecode" AS "statecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_statemetadata" AS m
        WHERE m."entityname" = 'lead' AND m."state" = t."statecode" AND m."isuserlocalizedlabel") AS "statecode_label",
    t."statuscode" AS "statuscode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_statusmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."status" = t."statuscode" AND m."isuserlocalizedlabel") AS "statuscode_label",
    t."address1_addresstypecode" AS "address1_addresstypecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'address1_addresstypecode' AND m."option" = t."address1_addresstypecode" AND m."isuserlocalizedlabel") AS "address1_addresstypecode_label",
    t."address1_shippingmethodcode" AS "address1_shippingmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'address1_shippingmethodcode' AND m."option" = t."address1_shippingmethodcode" AND m."isuserlocalizedlabel") AS "address1_shippingmethodcode_label",
    t."address2_addresstypecode" AS "address2_addresstypecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'address2_addresstypecode' AND m."option" = t."address2_addresstypecode" AND m."isuserlocalizedlabel") AS "address2_addresstypecode_label",
    t."address2_shippingmethodcode" AS "address2_shippingmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'address2_shippingmethodcode' AND m."option" = t."address2_shippingmethodcode" AND m."isuserlocalizedlabel") AS "address2_shippingmethodcode_label",
    t."budgetstatus" AS "budgetstatus",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'budgetstatus' AND m."option" = t."budgetstatus" AND m."isuserlocalizedlabel") AS "budgetstatus_label",
    t."industrycode" AS "industrycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'industrycode' AND m."option" = t."industrycode" AND m."isuserlocalizedlabel") AS "industrycode_label",
    t."initialcommunication" AS "initialcommunication",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'initialcommunication' AND m."option" = t."initialcommunication" AND m."isuserlocalizedlabel") AS "initialcommunication_label",
    t."leadqualitycode" AS "leadqualitycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'leadqualitycode' AND m."option" = t."leadqualitycode" AND m."isuserlocalizedlabel") AS "leadqualitycode_label",
    t."leadsourcecode" AS "leadsourcecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'leadsourcecode' AND m."option" = t."leadsourcecode" AND m."isuserlocalizedlabel") AS "leadsourcecode_label",
    t."msdyn_leadgrade" AS "msdyn_leadgrade",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'msdyn_leadgradeoptset' AND m."option" = t."msdyn_leadgrade" AND m."isuserlocalizedlabel") AS "msdyn_leadgrade_label",
    t."msdyn_leadscoretrend" AS "msdyn_leadscoretrend",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'msdyn_leadscoretrendoptset' AND m."option" = t."msdyn_leadscoretrend" AND m."isuserlocalizedlabel") AS "msdyn_leadscoretrend_label",
    t."msdyn_salesassignmentresult" AS "msdyn_salesassignmentresult",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyn_salesassignmentresult' AND m."option" = t."msdyn_salesassignmentresult" AND m."isuserlocalizedlabel") AS "msdyn_salesassignmentresult_label",
    t."msdyncrm_leadsourcetype" AS "msdyncrm_leadsourcetype",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_leadsourcetype' AND m."option" = t."msdyncrm_leadsourcetype" AND m."isuserlocalizedlabel") AS "msdyncrm_leadsourcetype_label",
    t."msft_datastate" AS "msft_datastate",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'msft_datastate' AND m."option" = t."msft_datastate" AND m."isuserlocalizedlabel") AS "msft_datastate_label",
    t."need" AS "need",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'need' AND m."option" = t."need" AND m."isuserlocalizedlabel") AS "need_label",
    t."preferredcontactmethodcode" AS "preferredcontactmethodcode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'preferredcontactmethodcode' AND m."option" = t."preferredcontactmethodcode" AND m."isuserlocalizedlabel") AS "preferredcontactmethodcode_label",
    t."prioritycode" AS "prioritycode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'prioritycode' AND m."option" = t."prioritycode" AND m."isuserlocalizedlabel") AS "prioritycode_label",
    t."purchaseprocess" AS "purchaseprocess",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'purchaseprocess' AND m."option" = t."purchaseprocess" AND m."isuserlocalizedlabel") AS "purchaseprocess_label",
    t."purchasetimeframe" AS "purchasetimeframe",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'purchasetimeframe' AND m."option" = t."purchasetimeframe" AND m."isuserlocalizedlabel") AS "purchasetimeframe_label",
    t."salesstage" AS "salesstage",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'lead_salesstage' AND m."option" = t."salesstage" AND m."isuserlocalizedlabel") AS "salesstage_label",
    t."salesstagecode" AS "salesstagecode",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'salesstagecode' AND m."option" = t."salesstagecode" AND m."isuserlocalizedlabel") AS "salesstagecode_label",
    t."confirminterest" AS "confirminterest",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'confirminterest' AND m."option" = CAST(t."confirminterest" AS int) AND m."isuserlocalizedlabel") AS "confirminterest_label",
    t."decisionmaker" AS "decisionmaker",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'decisionmaker' AND m."option" = CAST(t."decisionmaker" AS int) AND m."isuserlocalizedlabel") AS "decisionmaker_label",
    t."dnb_excludefromoptimizer" AS "dnb_excludefromoptimizer",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'dnb_excludefromoptimizer' AND m."option" = CAST(t."dnb_excludefromoptimizer" AS int) AND m."isuserlocalizedlabel") AS "dnb_excludefromoptimizer_label",
    t."dnb_mergedbyoptimizer" AS "dnb_mergedbyoptimizer",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'dnb_mergedbyoptimizer' AND m."option" = CAST(t."dnb_mergedbyoptimizer" AS int) AND m."isuserlocalizedlabel") AS "dnb_mergedbyoptimizer_label",
    t."dnb_mergedflag" AS "dnb_mergedflag",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'dnb_mergedflag' AND m."option" = CAST(t."dnb_mergedflag" AS int) AND m."isuserlocalizedlabel") AS "dnb_mergedflag_label",
    t."donotbulkemail" AS "donotbulkemail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'donotbulkemail' AND m."option" = CAST(t."donotbulkemail" AS int) AND m."isuserlocalizedlabel") AS "donotbulkemail_label",
    t."donotemail" AS "donotemail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'donotemail' AND m."option" = CAST(t."donotemail" AS int) AND m."isuserlocalizedlabel") AS "donotemail_label",
    t."donotfax" AS "donotfax",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'donotfax' AND m."option" = CAST(t."donotfax" AS int) AND m."isuserlocalizedlabel") AS "donotfax_label",
    t."donotphone" AS "donotphone",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'donotphone' AND m."option" = CAST(t."donotphone" AS int) AND m."isuserlocalizedlabel") AS "donotphone_label",
    t."donotpostalmail" AS "donotpostalmail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'donotpostalmail' AND m."option" = CAST(t."donotpostalmail" AS int) AND m."isuserlocalizedlabel") AS "donotpostalmail_label",
    t."donotsendmm" AS "donotsendmm",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'donotsendmm' AND m."option" = CAST(t."donotsendmm" AS int) AND m."isuserlocalizedlabel") AS "donotsendmm_label",
    t."evaluatefit" AS "evaluatefit",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_globaloptionsetmetadata" AS m
        WHERE m."optionsetname" = 'evaluatefit' AND m."option" = CAST(t."evaluatefit" AS int) AND m."isuserlocalizedlabel") AS "evaluatefit_label",
    t."followemail" AS "followemail",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'followemail' AND m."option" = CAST(t."followemail" AS int) AND m."isuserlocalizedlabel") AS "followemail_label",
    t."merged" AS "merged",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'merged' AND m."option" = CAST(t."merged" AS int) AND m."isuserlocalizedlabel") AS "merged_label",
    t."msdyn_gdproptout" AS "msdyn_gdproptout",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyn_gdproptout' AND m."option" = CAST(t."msdyn_gdproptout" AS int) AND m."isuserlocalizedlabel") AS "msdyn_gdproptout_label",
    t."msdyncrm_purchaseneed" AS "msdyncrm_purchaseneed",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_purchaseneed' AND m."option" = CAST(t."msdyncrm_purchaseneed" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_purchaseneed_label",
    t."msdyncrm_recycled" AS "msdyncrm_recycled",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_recycled' AND m."option" = CAST(t."msdyncrm_recycled" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_recycled_label",
    t."msdyncrm_salesaccepted" AS "msdyncrm_salesaccepted",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_salesaccepted' AND m."option" = CAST(t."msdyncrm_salesaccepted" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_salesaccepted_label",
    t."msdyncrm_salesready" AS "msdyncrm_salesready",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_salesready' AND m."option" = CAST(t."msdyncrm_salesready" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_salesready_label",
    t."msdyncrm_teleprospectaccepted" AS "msdyncrm_teleprospectaccepted",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_teleprospectaccepted' AND m."option" = CAST(t."msdyncrm_teleprospectaccepted" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_teleprospectaccepted_label",
    t."msdyncrm_teleprospectready" AS "msdyncrm_teleprospectready",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_teleprospectready' AND m."option" = CAST(t."msdyncrm_teleprospectready" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_teleprospectready_label",
    t."msdyncrm_triggerrecycle" AS "msdyncrm_triggerrecycle",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdyncrm_triggerrecycle' AND m."option" = CAST(t."msdyncrm_triggerrecycle" AS int) AND m."isuserlocalizedlabel") AS "msdyncrm_triggerrecycle_label",
    t."msdynmkt_issalesreadysetmanually" AS "msdynmkt_issalesreadysetmanually",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'msdynmkt_issalesreadysetmanually' AND m."option" = CAST(t."msdynmkt_issalesreadysetmanually" AS int) AND m."isuserlocalizedlabel") AS "msdynmkt_issalesreadysetmanually_label",
    t."participatesinworkflow" AS "participatesinworkflow",
    (SELECT MIN(m."localizedlabel") FROM "dbo"."crm_optionsetmetadata" AS m
        WHERE m."entityname" = 'lead' AND m."optionsetname" = 'participatesinworkflow' AND m."option" = CAST(t."participatesinworkflow" AS int) AND m."isuserlocalizedlabel") AS "participatesinworkflow_label",
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
    t."createdon" AT TIME ZONE 'UTC' AS "createdon_utc",
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
    t."lastonholdtime" AT TIME ZONE 'UTC' AS "lastonholdtime_utc",
    t."lastusedincampaign" AS "lastusedincampaign",
    t."lastusedincampaign" AT TIME ZONE 'UTC' AS "lastusedincampaign_utc",
    t."leadid" AS "leadid",
    t."middlename" AS "middlename",
    t."mobilephone" AS "mobilephone",
    t."modifiedon" AS "modifiedon",
    t."modifiedon" AT TIME ZONE 'UTC' AS "modifiedon_utc",
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
    t."msdyncrm_latestsubmissiondate" AT TIME ZONE 'UTC' AS "msdyncrm_latestsubmissiondate_utc",
    t."msdyncrm_leadid" AS "msdyncrm_leadid",
    t."msdyncrm_linkedinsubmissioncount" AS "msdyncrm_linkedinsubmissioncount",
    t."msdyncrm_linkedinsubmissioncount_date" AS "msdyncrm_linkedinsubmissioncount_date",
    t."msdyncrm_linkedinsubmissioncount_date" AT TIME ZONE 'UTC' AS "msdyncrm_linkedinsubmissioncount_date_utc",
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
    t."overriddencreatedon" AT TIME ZONE 'UTC' AS "overriddencreatedon_utc",
    t."pager" AS "pager",
    t."processid" AS "processid",
    t."qualificationcomments" AS "qualificationcomments",
    t."salutation" AS "salutation",
    t."schedulefollowup_prospect" AS "schedulefollowup_prospect",
    t."schedulefollowup_prospect" AT TIME ZONE 'UTC' AS "schedulefollowup_prospect_utc",
    t."schedulefollowup_qualify" AS "schedulefollowup_qualify",
    t."schedulefollowup_qualify" AT TIME ZONE 'UTC' AS "schedulefollowup_qualify_utc",
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

-- view
COMMENT ON VIEW "dbo"."crm_lead_view" IS 'Made by DataExport,
    version 66e811b39d27eb4c. Changes made here are lost: make a view of your own.';
