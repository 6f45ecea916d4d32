"""No rule is blind: each finds the mistake that it is for in a spoiled copy of template.yaml."""

import re
from pathlib import Path

import pytest

from support.sources import ROOT
from support.stack import Stack, read_template
from test_rules import RULES

# rule, what is replaced (once, a regular expression), by what
SPOILED = [
    ("every_route_has_its_function", r"Path: /me/password", "Path: /me/passwords"),
    ("every_route_has_its_function", r"Handler: get_task\n", "Handler: get_taks\n"),
    ("every_route_has_its_function", r"Path: /logout, Method: POST", "Path: /logout, Method: GET"),
    ("every_route_needs_the_origin_key", r"ApiKeyRequired: true", "ApiKeyRequired: false"),
    ("bodies_are_asked_for_before_a_function_runs", r"\n +RequestModel: .*", ""),
    ("the_stage_is_the_path_prefix", r"StageName: api ", "StageName: prod "),
    ("the_stage_is_the_path_prefix", r"OpenApiVersion: 3.0.1.*", "TracingEnabled: true"),
    ("every_route_is_throttled", r"ResourcePath: '/\*'", "ResourcePath: /tasks"),
    ("every_route_is_throttled", r"ThrottlingRateLimit: 10,", "ThrottlingRateLimit: 0,"),
    ("every_route_is_throttled", r"ResourcePath: /signup", "ResourcePath: /sign-up"),
    ("cache_keys_hold_the_cookie_and_the_whole_query", r"\n.*header.Cookie: .*", ""),
    ("cache_keys_hold_the_cookie_and_the_whole_query", r"\n.*querystring.due_to: .*", ""),
    ("nothing_else_is_cached", r"(EnableApiCache:(?:\n.*){2}\n    Default: )'false'", r"\1'true'"),
    ("nothing_else_is_cached", r"CacheTtlInSeconds: 30", "CacheTtlInSeconds: 300"),
    ("functions_that_hash_have_a_whole_processor", r"MemorySize: 1769", "MemorySize: 1024"),
    ("functions_that_hash_have_a_whole_processor", r"    MemorySize: 256", "    MemorySize: 512"),
    ("functions_answer_before_the_gateway_gives_up", r"Timeout: 28", "Timeout: 30"),
    ("functions_have_what_their_binary_needs", r"Architectures: \[x86_64\]", "Architectures: [arm64]"),
    ("no_list_is_doubled", r"VpcConfig: \{SecurityGroupIds: \[!Ref HttpsSg\]\}",
     "VpcConfig: {SecurityGroupIds: [!Ref AppSg, !Ref HttpsSg]}"),
    ("no_policy_of_ours_allows_everything", r"Action: ssm:GetParameters", "Action: ssm:*"),
    ("no_policy_of_ours_allows_everything", r"parameter/\$\{AWS::StackName\}/code-key", "parameter/*"),
    ("no_policy_of_ours_allows_everything", r"Resource: !GetAtt SendMail.Arn", "Resource: '*'"),
    ("roles_have_no_other_policy_of_aws", r"Policies: \[!Ref ConnectAsApp\]", "Policies: [arn:aws:iam::aws:policy/X]"),
    ("every_function_has_its_own_role", r"Handler: logout\n", "Handler: logout\n      Role: !GetAtt GetTasksRole.Arn\n"),
    ("functions_read_only_their_keys", r"ConnectAsApp, !Ref ReadPasswordKey, !Ref HandOver", "ConnectAsApp, !Ref HandOver"),
    ("functions_read_only_their_keys", r"TMS_CODE_KEY_PARAMETER", "TMS_CODES_KEY_PARAMETER"),
    ("only_login_and_verify_otp_can_make_tokens", r"(Handler: get_tasks\n +Policies: \[)", r"\1!Ref ReadTokenKey, "),
    ("only_login_and_verify_otp_can_make_tokens", r"(parameter/\$\{AWS::StackName\})/password-key", r"\1/"),
    ("mail_is_handed_over_by_name", r"\[!Ref ConnectAsApp, !Ref HandOverMail\]", "[!Ref ConnectAsApp]"),
    ("mail_is_handed_over_by_name", r"\n +Condition: \{StringEquals: \{ses:FromAddress.*", ""),
    ("functions_log_in_as_the_role_that_they_may_be", r"TMS_DATABASE_USER: tms_app", "TMS_DATABASE_USER: tms_migrate"),
    ("functions_log_in_as_the_role_that_they_may_be", r"DBClusterResourceId\}/tms_app", "DBClusterResourceId}/postgres"),
    ("only_functions_that_call_aws_reach_https", r"\n      VpcConfig: \{SecurityGroupIds: \[!Ref HttpsSg\]\}", ""),
    ("only_functions_that_call_aws_reach_https", r"VpcConfig: !Ref AWS::NoValue", "VpcConfig: {}"),
    ("task_functions_have_no_way_out", r"(Handler: get_tasks\n)", r"\1      VpcConfig: {SecurityGroupIds: [!Ref HttpsSg]}\n"),
    ("no_secret_is_in_an_environment", r"(TMS_DATABASE_NAME: tms\n)", r"\1        ORIGIN: !Ref OriginVerifyKey\n"),
    ("no_secret_is_in_an_environment", r"(TMS_DATABASE_NAME: tms\n)", r"\1        TMS_SECRET: abc\n"),
    ("no_secret_is_in_an_environment", r"(TMS_DATABASE_NAME: tms\n)", r"\1        URL: postgresql://u:p@host/tms\n"),
    ("no_secret_is_in_an_environment", r"(TMS_DATABASE_NAME: tms\n)", r"\1        A: '{{resolve:secretsmanager:x}}'\n"),
    ("hidden_parameters_have_no_default", r"NoEcho: true", "NoEcho: true\n    Default: 0123"),
    ("the_engine_version_can_be_created", r"Default: '16.13'", "Default: '16.2'"),
    ("the_engine_version_can_be_created", r"'16.8', ", "'16.1', "),
    ("the_engine_version_can_be_created", r"aurora-postgresql16", "aurora-postgresql15"),
    ("the_database_pauses", r"CanPause, 300,", "CanPause, 3600,"),
    ("the_database_pauses", r"\n +idle_session_timeout: .*", ""),
    ("the_database_pauses", r"PubliclyAccessible: false", "PubliclyAccessible: false\n      MonitoringInterval: 60"),
    ("the_database_pauses", r"EventPattern: .*", "ScheduleExpression: rate(5 minutes)"),
    ("the_database_is_kept", r"DeletionPolicy: Snapshot", "DeletionPolicy: Delete"),
    ("the_database_is_kept", r"StorageEncrypted: true", "StorageEncrypted: false"),
    ("the_database_has_no_password_and_asks_for_tls", r"MasterUserAuthenticationType: iam-db-auth",
     "MasterUserPassword: abcdefgh"),
    ("the_database_has_no_password_and_asks_for_tls", r"rds.force_ssl: '1'", "rds.force_ssl: '0'"),
    ("logs_end", r"Properties: \{RetentionInDays: 30\}", "Properties: {}"),
    ("nothing_costs_while_idle", r"  Egress6:\n", "  Nat: {Type: AWS::EC2::NatGateway, Properties: {}}\n  Egress6:\n"),
    ("logs_end", r"ThrottlingBurstLimit: 20", "ThrottlingBurstLimit: 20, LoggingLevel: ERROR"),
    ("nothing_costs_while_idle", r"ThrottlingBurstLimit: 20", "ThrottlingBurstLimit: 20, MetricsEnabled: true"),
    ("nothing_leads_in", r"DestinationIpv6CidrBlock: '::/0'", "DestinationCidrBlock: 0.0.0.0/0"),
    ("nothing_leads_in", r"SourceSecurityGroupId: !Ref AppSg", "CidrIp: 0.0.0.0/0"),
    ("the_pages_headers_are_those_of_the_server", r"frame-ancestors 'none'", "frame-ancestors 'self'"),
    ("the_pages_headers_are_those_of_the_server", r"EventType: viewer-response", "EventType: origin-response"),
    ("the_api_passes_cloudfront_as_it_is", r"OriginCustomHeaders: .*", "OriginCustomHeaders: []"),
    ("the_api_passes_cloudfront_as_it_is", r"CachePolicyId: 4135ea2d\S+", "CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6"),
    ("the_api_passes_cloudfront_as_it_is", r"request\.headers\.host\.value", "request.headers.origin.value"),
    ("the_api_passes_cloudfront_as_it_is", r"DefaultRootObject: index.html",
     "CustomErrorResponses: [{ErrorCode: 404, ResponseCode: 200, ResponsePagePath: /index.html}]"),
    ("the_bucket_is_private", r"BlockPublicPolicy: true", "BlockPublicPolicy: false"),
    ("the_bucket_is_private", r"OriginAccessControlId: !Ref SiteAccess", "OriginPath: ''"),
    ("somebody_is_told", r"AlarmActions: \[!Ref Alarms\]", "AlarmActions: []"),
    ("somebody_is_told", r"MetricName: 5XXError", "MetricName: 4XXError"),
    ("mail_that_fails_is_kept", r"MaximumEventAgeInSeconds: 600", "MaximumEventAgeInSeconds: 21600"),
    ("mail_that_fails_is_kept", r"\n +DestinationConfig: .*", ""),
]


def by_name(name):
    (rule,) = [rule for rule in RULES if rule.__name__ == name]
    return rule


@pytest.mark.parametrize("name, pattern, replacement", SPOILED, ids=[f"{number}-{row[0]}" for number, row in enumerate(SPOILED)])
def test_rule_finds(name, pattern, replacement):
    text, count = re.subn(pattern, replacement, read_template(), count=1)
    assert count == 1, f"template.yaml has no {pattern}"
    assert list(by_name(name)(Stack(text)))


def test_every_rule_is_seen_failing():
    assert {rule.__name__ for rule in RULES} == {row[0] for row in SPOILED}


def test_a_new_route_without_a_function_is_found(stack, monkeypatch):
    row = 'Route{Method::put, "/tasks/{task_id}/pin", "pin_task", Cost::light, Effect::writes, Access::session, 0},'
    read = Path.read_text

    def with_row(path, *args, **kwargs):
        text = read(path, *args, **kwargs)
        return text.replace("kRouteTable{", "kRouteTable{\n    " + row, 1) if path.name == "route_table.h" else text

    monkeypatch.setattr(Path, "read_text", with_row)
    problems = " ".join(by_name("every_route_has_its_function")(stack))
    assert "put /tasks/{task_id}/pin" in problems
    assert "pin_task" in problems


def test_a_changed_table_of_headers_is_found(stack, monkeypatch):
    read = Path.read_text

    def with_change(path, *args, **kwargs):
        text = read(path, *args, **kwargs)
        return text.replace('"no-referrer"', '"same-origin"') if path == ROOT / "backend/hosts/app/security_headers.h" else text

    monkeypatch.setattr(Path, "read_text", with_change)
    assert list(by_name("the_pages_headers_are_those_of_the_server")(stack))
