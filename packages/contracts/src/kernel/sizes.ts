/**
 * The bytes that a request may have, by HTTP and by socket. JSON may write a character of text as two escapes of six
 * bytes each (RFC 8259, section 7), so the limits have room for all that the contract allows, escaped: a test counts
 * it.
 */
export const maxRequestBytes = 256 * 1024;
/** The bytes of a request below /auth, where no operation needs more. */
export const maxAuthRequestBytes = 32 * 1024;
