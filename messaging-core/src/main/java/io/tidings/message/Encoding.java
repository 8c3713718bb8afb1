package io.tidings.message;

/**
 * How a text travels over the air. A carrier packs 140 octets into one part; a text of several parts loses 6 of them
 * to the header that joins the parts again (3GPP TS 23.040).
 */
public enum Encoding {
    /** Seven bits a character, for Latin and Greek letters: 160 characters alone, 153 in each of several parts. */
    GSM_7(160, 153),
    /** Sixteen bits a UTF-16 unit, for everything else: 70 units alone, 67 in each of several parts. */
    UCS_2(70, 67);

    private final int alone;
    private final int joined;

    Encoding(int alone, int joined) {
        this.alone = alone;
        this.joined = joined;
    }

    /** The units that fit into a part of a text with so many parts: septets or UTF-16 units. */
    public int capacity(int parts) {
        return parts > 1 ? joined : alone;
    }
}
