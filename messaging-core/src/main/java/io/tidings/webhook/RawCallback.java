package io.tidings.webhook;

import java.util.List;
import java.util.Optional;

/**
 * Everything a callback said, as it came, for the raw log. Holds phone numbers, so it prints only its size.
 *
 * @param parameters in the order of arrival, also those we do not know
 * @param deliveryToken Twilio's {@code I-Twilio-Idempotency-Token}, empty if there was none: a hint only, because
 *     Twilio does not say for which tries it is equal
 */
public record RawCallback(List<Parameter> parameters, String deliveryToken) {

    /** Copies the list. */
    public RawCallback {
        parameters = List.copyOf(parameters);
    }

    /**
     * One decoded form parameter.
     *
     * @param name never empty
     * @param value may be empty
     */
    public record Parameter(String name, String value) {
        @Override
        public String toString() {
            return "Parameter[***]";
        }
    }

    /** The first value of a parameter. */
    public Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    @Override
    public String toString() {
        return "RawCallback[" + parameters.size() + " parameters]";
    }
}
