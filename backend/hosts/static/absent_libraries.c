/* Debian's static libpq refers to GSSAPI and LDAP, which Debian has no static libraries of and which
 * this program never uses (gssencmode=disable, no LDAP service lookup). Each stub fails, so that a
 * configuration that asks for one of them gets an error and not a surprise. */
#include <stddef.h>

enum { kGssFailure = 13 << 16, kLdapFailure = -1 };

void *GSS_C_NT_HOSTBASED_SERVICE = NULL;

unsigned gss_acquire_cred(void) { return kGssFailure; }
unsigned gss_delete_sec_context(void) { return 0; }
unsigned gss_display_status(void) { return kGssFailure; }
unsigned gss_import_name(void) { return kGssFailure; }
unsigned gss_init_sec_context(void) { return kGssFailure; }
unsigned gss_release_buffer(void) { return 0; }
unsigned gss_release_cred(void) { return 0; }
unsigned gss_release_name(void) { return 0; }
unsigned gss_unwrap(void) { return kGssFailure; }
unsigned gss_wrap(void) { return kGssFailure; }
unsigned gss_wrap_size_limit(void) { return kGssFailure; }

int ldap_count_entries(void) { return kLdapFailure; }
const char *ldap_err2string(void) { return "LDAP is not part of this program"; }
void *ldap_first_entry(void) { return NULL; }
void *ldap_get_values_len(void) { return NULL; }
void *ldap_init(void) { return NULL; }
void ldap_msgfree(void) {}
int ldap_result(void) { return kLdapFailure; }
int ldap_search_st(void) { return kLdapFailure; }
int ldap_set_option(void) { return kLdapFailure; }
int ldap_simple_bind(void) { return kLdapFailure; }
int ldap_unbind(void) { return 0; }
void ldap_value_free_len(void) {}
