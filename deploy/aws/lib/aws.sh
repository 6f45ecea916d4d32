# Sourced by deploy and destroy: talking to AWS.
# shellcheck shell=bash

# Unless options say otherwise.
stack=tms region=${AWS_REGION:-}

# need PROGRAM WHY: ends when a program is missing.
need() {
    command -v "$1" >/dev/null || fail "$1 is missing: it $2"
}

# check_account: says whose account this is; sets `account` and `region` for the caller.
check_account() {
    need aws "talks to AWS (the AWS CLI, version 2)"
    [[ $(aws --version 2>&1) == aws-cli/2* ]] || fail "the AWS CLI must be of version 2"
    region=${region:-$(aws configure get region || true)}
    [[ $region ]] || fail "no region: --region us-east-1, or AWS_REGION"
    export AWS_REGION=$region AWS_DEFAULT_REGION=$region AWS_PAGER=
    account=$(aws sts get-caller-identity --query Account --output text) ||
        fail "no credentials: aws configure, or aws sso login"
    say "Account $account, region $region, stack $stack"
}

# stack_exists: whether a stack of that name is there.
stack_exists() {
    aws cloudformation describe-stacks --stack-name "$stack" >/dev/null 2>&1
}

# output NAME: an output of the stack.
output() {
    aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

# put_parameter NAME TYPE: stores standard input in SSM. It never stands on a command line, where
# other users of this machine could read it.
put_parameter() {
    jq -Rs --arg name "$1" --arg type "$2" \
        '{Name: $name, Type: $type, Value: ., Overwrite: true}' |
        aws ssm put-parameter --cli-input-json file:///dev/stdin >/dev/null
}

# read_parameter NAME: its text; nothing when there is none. Any other failure ends the script: to
# take it for an absent key would make a new one over it.
read_parameter() {
    local answer
    answer=$(aws ssm get-parameters --names "$1" --with-decryption) || fail "SSM does not answer"
    jq -r '.Parameters[0].Value // empty' <<<"$answer"
}
