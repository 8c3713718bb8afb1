package io.tidings.twilio;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The few fields of an answer that decide its outcome, read without binding the rest.
 *
 * @param sid of a created message, if the answer has a well-formed one
 * @param status its state, in Twilio's word; empty if none
 * @param code the error code, 0 if none
 */
record AnswerFields(@Nullable String sid, String status, int code) {
    /** What an answer says that is no JSON object, or not a whole one. */
    private static final AnswerFields NOTHING = new AnswerFields(null, "", 0);

    private static final int SID_LENGTH = 34;
    private static final JsonFactory JSON = new JsonFactory();

    /** Never fails: what cannot be read says nothing. */
    static AnswerFields read(InputStream content) {
        try (JsonParser parser = parser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NOTHING;
            }
            AnswerFields fields = fields(parser);
            return parser.nextToken() == null ? fields : NOTHING;
        } catch (IOException e) {
            return NOTHING;
        }
    }

    /** From the bytes, where they are all here: a stream would be read through a buffer of its own. */
    private static JsonParser parser(InputStream content) throws IOException {
        return content instanceof WholeAnswer whole
                ? JSON.createParser(whole.content())
                : JSON.createParser(content);
    }

    private static AnswerFields fields(JsonParser parser) throws IOException {
        String sid = null;
        String status = "";
        int code = 0;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "sid" -> sid = value == JsonToken.VALUE_STRING ? wellFormed(parser.getText()) : null;
                case "status" -> status = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                case "code" -> code = value.isScalarValue() ? parser.getValueAsInt() : 0;
                default -> {}
            }
            parser.skipChildren();
        }
        return new AnswerFields(sid, status, code);
    }

    private static @Nullable String wellFormed(String sid) {
        return isMessageSid(sid) ? sid : null;
    }

    static boolean isMessageSid(String sid) {
        if (sid.length() != SID_LENGTH || !(sid.startsWith("SM") || sid.startsWith("MM"))) {
            return false;
        }
        for (int i = 2; i < SID_LENGTH; i++) {
            if (sid.charAt(i) >= 0x80 || Character.digit(sid.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
