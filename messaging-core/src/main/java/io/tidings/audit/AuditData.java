package io.tidings.audit;

import io.tidings.message.PhoneNumber;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The part of an entry that can be erased. The chain holds only its commitment, which says nothing without the salt.
 * Prints nothing of itself.
 *
 * @param salt 32 random bytes in hexadecimal
 * @param person whom it concerns, if anybody
 * @param reason why, if told; cut after 1,000 characters
 * @param details more, by name; values are cut after 4,000 characters
 */
public record AuditData(
        String salt, @Nullable PhoneNumber person, @Nullable String reason, Map<String, String> details) {
    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_DETAIL = 4_000;

    /** Copies the details, and replaces what no database or no UTF-8 can hold. */
    public AuditData {
        if (!isSalt(salt)) {
            throw new IllegalArgumentException("a salt has 32 bytes in lower-case hexadecimal");
        }
        reason = reason == null ? null : Canonical.storable(reason, LONGEST_REASON);
        TreeMap<String, String> sorted = new TreeMap<>();
        details.forEach((name, value) ->
                sorted.put(Canonical.storable(name, LONGEST_REASON), Canonical.storable(value, LONGEST_DETAIL)));
        details = Collections.unmodifiableMap(sorted);
    }

    private static boolean isSalt(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return text.length() == 2 * Canonical.HASH_BYTES;
    }

    /** What the chain holds of it: HMAC-SHA256 under the salt over the canonical form, in hexadecimal. */
    public String commitment() {
        Canonical form = new Canonical("tidings-audit-data-1")
                .field(person == null ? null : person.e164())
                .field(reason);
        details.forEach((name, value) -> form.field(name).field(value));
        return form.mac(Canonical.key(HexFormat.of().parseHex(salt)));
    }

    @Override
    public String toString() {
        return "AuditData[" + (person == null ? "" : "of a person, ") + details.size() + " details]";
    }
}
