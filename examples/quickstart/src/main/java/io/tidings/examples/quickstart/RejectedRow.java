package io.tidings.examples.quickstart;

/**
 * A row that nothing can be made of.
 *
 * @param line where it begins in the file
 * @param kind what it is counted under
 * @param reason what is wrong with it, without the number
 */
record RejectedRow(long line, Kind kind, String reason) {

    enum Kind {
        BROKEN_ROW("broken row"),
        MISSING_FIELD("missing field"),
        INVALID_NUMBER("not a phone number"),
        SPREADSHEET("number ruined by a spreadsheet"),
        INVALID_FIELD("other field not valid"),
        ORDER_REUSED("order number used for somebody else");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
