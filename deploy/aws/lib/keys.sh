# Sourced by deploy: the keys of an installation, made once and kept in SSM.
# shellcheck shell=bash

: "${stack:?}"

# ensure_keys: makes what is absent. Sets `token_keys`, the list of public keys.
ensure_keys() {
    ensure_secret password-key p
    ensure_secret code-key c
    token_keys=$(read_parameter "/$stack/token-public-keys") || exit
    if [[ ! $token_keys ]]; then
        say "Making the keys of tokens"
        token_keys=$(make_token_key) || exit
        printf %s "$token_keys" | put_parameter "/$stack/token-public-keys" String
    fi
}

# ensure_secret NAME LETTER: one line `id:key`. The database knows its fingerprint: whoever replaces
# it by hand is refused at the next deployment.
ensure_secret() {
    local present key
    present=$(read_parameter "/$stack/$1") || exit
    [[ $present ]] && return
    say "Making /$stack/$1"
    key=$(openssl rand -base64 32)
    printf '%s1:%s\n' "$2" "$key" | put_parameter "/$stack/$1" SecureString
}

# make_token_key: a new P-256 pair. The private key goes straight into SSM; prints id:base64 of the
# public one.
make_token_key() {
    local id private public
    id=$(date -u +%Y%m%d%H%M%S)
    private=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)
    public=$(openssl pkey -pubout -outform DER <<<"$private" | base64 -w0)
    put_parameter "/$stack/token-key-$id" SecureString <<<"$private" || fail "the private key was not stored"
    printf '%s:%s' "$id" "$public"
}

# signing_key_name LIST: the parameter that holds the private key of the first in the list.
signing_key_name() {
    printf 'token-key-%s' "${1%%:*}"
}
