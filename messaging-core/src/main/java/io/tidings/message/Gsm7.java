package io.tidings.message;

/** The GSM 7-bit alphabet with its extension table (3GPP TS 23.038), without national tables, as Twilio uses it. */
final class Gsm7 {
    private static final String BASIC =
            "\n\r !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
                    + "¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ";
    private static final String EXTENSION = "\f[\\]^{|}~";
    private static final char EURO = '€';
    private static final byte[] SEPTETS = table();

    private Gsm7() {}

    /** How many septets a character costs: 1, 2 if it needs an escape, 0 if it is not in the alphabet. */
    static int septets(char c) {
        if (c < SEPTETS.length) {
            return SEPTETS[c];
        }
        return c == EURO ? 2 : 0;
    }

    static boolean covers(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (septets(text.charAt(i)) == 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] table() {
        byte[] table = new byte['Ω' + 1];
        BASIC.chars().forEach(c -> table[c] = 1);
        EXTENSION.chars().forEach(c -> table[c] = 2);
        return table;
    }
}
