"""Rules about the database, logs, network, page and operations. Each yields what is wrong."""

import re

from support.page_headers import function_code
from support.stack import texts


def the_engine_version_can_be_created(stack):
    """cfn-lint does not look at a version that comes from a parameter. The list is AWS's of November 2026, as
    cfn-lint knows it (W3690), of those that can scale to zero."""
    creatable = {f"16.{minor}" for minor in range(6, 14)} - {"16.7", "16.12"}
    (cluster,) = stack.of_type("AWS::RDS::DBCluster").values()
    version = cluster["EngineVersion"]
    if version != {"Ref": "AuroraEngineVersion"}:
        yield f"the version is {version}, not the parameter"
    parameter = stack.parameters["AuroraEngineVersion"]
    for value in {parameter["Default"], *parameter.get("AllowedValues", ["any"])}:
        if value not in creatable:
            yield f"{value} cannot be created"
    (group,) = stack.of_type("AWS::RDS::DBClusterParameterGroup").values()
    if group["Family"] != "aurora-postgresql" + parameter["Default"].split(".")[0]:
        yield "the parameter group is of another version"


def the_database_pauses(stack):
    (cluster,) = stack.of_type("AWS::RDS::DBCluster").values()
    scaling = cluster["ServerlessV2ScalingConfiguration"]
    if stack.parameters["AuroraMinAcu"]["Default"] != 0 or 300 not in as_numbers(scaling["SecondsUntilAutoPause"]):
        yield "it does not pause after 5 minutes at 0 ACU"
    (group,) = stack.of_type("AWS::RDS::DBClusterParameterGroup").values()
    if not 0 < int(group["Parameters"].get("idle_session_timeout", 0)) <= 60_000:
        yield "frozen functions keep their connections, which prevent the pause"
    if stack.of_type("AWS::RDS::DBProxy"):
        yield "a proxy keeps a connection"
    for name, properties in {**stack.of_type("AWS::RDS::DBInstance"), "Cluster": cluster}.items():
        for setting in ("EnablePerformanceInsights", "PerformanceInsightsEnabled", "MonitoringInterval"):
            if properties.get(setting):
                yield f"{setting} of {name} keeps the database awake"
        if properties.get("EnableCloudwatchLogsExports"):
            yield f"the log export of {name} keeps the database awake"
    for kind in ("AWS::Scheduler::Schedule", "AWS::Events::Rule"):
        for name, properties in stack.of_type(kind).items():
            if "ScheduleExpression" in properties:
                yield f"{name} runs on a schedule"


def as_numbers(value):
    return [int(text) for text in texts(value) if text.isdigit()]


def the_database_is_kept(stack):
    for name, resource in stack.resources.items():
        if resource["Type"] == "AWS::RDS::DBCluster":
            if (resource.get("DeletionPolicy"), resource.get("UpdateReplacePolicy")) != ("Snapshot", "Snapshot"):
                yield f"{name} goes without a snapshot"
            properties = resource["Properties"]
            if not properties.get("StorageEncrypted") or properties.get("BackupRetentionPeriod", 1) < 7:
                yield f"{name} is not encrypted, or has backups of less than a week"
    if stack.parameters["DeletionProtection"]["Default"] != "true":
        yield "nothing protects it from being deleted"


def the_database_has_no_password_and_asks_for_tls(stack):
    (cluster,) = stack.of_type("AWS::RDS::DBCluster").values()
    if "MasterUserPassword" in cluster or cluster.get("MasterUserAuthenticationType") != "iam-db-auth":
        yield "its owner has a password"
    if not cluster.get("EnableIAMDatabaseAuthentication"):
        yield "functions cannot log in"
    (group,) = stack.of_type("AWS::RDS::DBClusterParameterGroup").values()
    if group["Parameters"].get("rds.force_ssl") != "1":
        yield "connections in plain text are taken"


def logs_end(stack):
    groups = stack.of_type("AWS::Logs::LogGroup")
    if not groups:
        yield "there is no log group"
    for name, properties in groups.items():
        if not 1 <= properties.get("RetentionInDays", 0) <= 90:
            yield f"{name} is kept for {properties.get('RetentionInDays', 'ever')}"
    for entry in stack.stage()["MethodSettings"]:
        if entry.get("LoggingLevel", "OFF") != "OFF":
            yield "API Gateway makes a log group of its own, which it keeps for ever"


def nothing_costs_while_idle(stack):
    for kind in ("AWS::EC2::NatGateway", "AWS::EC2::VPCEndpoint", "AWS::EC2::EIP", "AWS::SecretsManager::Secret"):
        for name in stack.of_type(kind):
            yield f"{name} costs money when nobody uses it"
    for action, properties in stack.functions().items():
        if "ProvisionedConcurrencyConfig" in str(properties):
            yield f"{action} is paid for while it waits"
    for entry in stack.stage()["MethodSettings"]:
        if entry.get("MetricsEnabled"):
            yield "each metric of each method costs 0.30 USD a month"


def nothing_leads_in(stack):
    for kind in ("AWS::EC2::InternetGateway", "AWS::Lambda::Url"):
        for name in stack.of_type(kind):
            yield name
    for name, properties in stack.of_type("AWS::EC2::Route").items():
        if "DestinationCidrBlock" in properties:
            yield f"{name} leads out over IPv4"
    for name, properties in stack.of_type("AWS::EC2::SecurityGroup").items():
        for entry in properties.get("SecurityGroupIngress", []):
            if "SourceSecurityGroupId" not in entry:
                yield f"{name} lets addresses in"
        if not properties.get("SecurityGroupEgress"):
            yield f"{name} lets everything out"


def the_pages_headers_are_those_of_the_server(stack):
    functions = stack.of_type("AWS::CloudFront::Function")
    if functions["PageHeaders"]["FunctionCode"] != function_code():
        yield "run deploy/aws/checks/write_page_headers"
    if associated(default_behavior(stack)) != {"viewer-request": "PageRoutes", "viewer-response": "PageHeaders"}:
        yield "pages do not pass the functions"
    if not default_behavior(stack).get("ResponseHeadersPolicyId"):
        yield "errors, which functions never see, have no headers at all"


def the_api_passes_cloudfront_as_it_is(stack):
    config = distribution(stack)
    if config.get("CustomErrorResponses"):
        yield "the API's 403 and 404 would become the page"
    behaviors = config["CacheBehaviors"]
    if [behavior["PathPattern"] for behavior in behaviors] != ["/api/*"]:
        yield "there is another path than /api/*"
    for behavior in behaviors:
        if behavior["CachePolicyId"] != "4135ea2d-6df8-44a3-9df3-4b5a84be39ad":
            yield "CloudFront would cache answers of the API"
        if behavior["OriginRequestPolicyId"] != "b689b0a8-53d0-40ab-baf2-68738e2966ac":
            yield "API Gateway refuses the Host of the page"
        if associated(behavior) != {"viewer-request": "ApiHost"}:
            yield "the origin check has no host to compare with"
    code = stack.of_type("AWS::CloudFront::Function")["ApiHost"]["FunctionCode"]
    if not re.search(r"headers\['x-tms-host'\] = \{value: request\.headers\.host\.value\}", code):
        yield "x-tms-host is not the Host"
    (origin,) = [origin for origin in config["Origins"] if origin["Id"] == "api"]
    if origin.get("OriginPath") or origin["CustomOriginConfig"]["OriginProtocolPolicy"] != "https-only":
        yield "the origin has a path, or is called without TLS"
    if {"HeaderName": "x-api-key", "HeaderValue": {"Ref": "OriginVerifyKey"}} not in origin["OriginCustomHeaders"]:
        yield "CloudFront does not send the origin key"


def the_bucket_is_private(stack):
    for name, properties in stack.of_type("AWS::S3::Bucket").items():
        if set(properties.get("PublicAccessBlockConfiguration", {}).values()) != {True}:
            yield f"{name} can become public"
        if "WebsiteConfiguration" in properties:
            yield f"{name} has a website of its own"
    (origin,) = [origin for origin in distribution(stack)["Origins"] if origin["Id"] == "site"]
    if origin.get("OriginAccessControlId") != {"Ref": "SiteAccess"}:
        yield "CloudFront does not sign what it asks for"


def distribution(stack):
    (properties,) = stack.of_type("AWS::CloudFront::Distribution").values()
    return properties["DistributionConfig"]


def default_behavior(stack):
    return distribution(stack)["DefaultCacheBehavior"]


def associated(behavior):
    return {
        entry["EventType"]: entry["FunctionARN"]["Fn::GetAtt"][0] for entry in behavior.get("FunctionAssociations", [])
    }


def somebody_is_told(stack):
    alarms = stack.of_type("AWS::CloudWatch::Alarm")
    for name, properties in alarms.items():
        if not properties.get("AlarmActions") or not properties.get("AlarmDescription"):
            yield f"{name} tells nobody, or nothing"
    metrics = {properties["MetricName"] for properties in alarms.values()}
    wanted = {"5XXError", "Latency", "Errors", "Throttles", "ACUUtilization", "ServerlessDatabaseCapacity",
              "Reputation.BounceRate", "Reputation.ComplaintRate", "ApproximateNumberOfMessagesVisible"}
    for metric in wanted - metrics:
        yield f"nobody watches {metric}"
    if len(alarms) > 10:
        yield "the eleventh alarm costs money"
    if not stack.of_type("AWS::Budgets::Budget"):
        yield "there is no budget"


def mail_that_fails_is_kept(stack):
    configs = stack.of_type("AWS::Lambda::EventInvokeConfig")
    if len(configs) != 1:
        yield "send_mail says nothing about failures"
    for properties in configs.values():
        if properties.get("MaximumEventAgeInSeconds") != 600 or properties.get("MaximumRetryAttempts") != 2:
            yield "mails are tried for longer than their code lives, or not again"
        if "MailFailed" not in str(properties.get("DestinationConfig")):
            yield "mails that fail are lost"
