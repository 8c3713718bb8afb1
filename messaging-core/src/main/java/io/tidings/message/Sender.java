package io.tidings.message;

import java.util.Objects;
import java.util.regex.Pattern;

/** What a message is sent from. Prints itself without the digits of a phone number. */
public sealed interface Sender {

    /** The form the provider takes, for example {@code +12025550100}, {@code 55512}, {@code Tidings}, {@code MG…}. */
    String address();

    /** Calls the one function that fits, so that a new variant does not compile until it is handled. */
    <R> R match(Cases<R> cases);

    /**
     * Recognises a sender: {@code MG} and 32 hexadecimal digits are a messaging service, 3 to 8 bare digits a short
     * code, a text with a letter an alphanumeric sender, anything else a phone number.
     *
     * <p>Throws {@link InvalidNumberException} for none of these.
     *
     * @param text the sender as configured or typed
     * @param defaultRegion the ISO 3166 region of national numbers, like {@code US}
     */
    static Sender parse(String text, String defaultRegion) {
        String clean = text.strip();
        if (MessagingService.SID.matcher(clean).matches()) {
            return new MessagingService(clean);
        }
        if (ShortCode.DIGITS.matcher(clean).matches()) {
            return new ShortCode(clean);
        }
        if (clean.chars().anyMatch(Character::isLetter)) {
            return new Alphanumeric(clean);
        }
        return new Number(PhoneNumber.parse(clean, defaultRegion));
    }

    /** A long code or toll-free number. */
    @SuppressWarnings("JavaLangClash") // the word of the domain; nobody needs java.lang.Number beside it
    record Number(PhoneNumber number) implements Sender {
        /** Refuses {@code null}. */
        public Number {
            Objects.requireNonNull(number, "number");
        }

        @Override
        public String address() {
            return number.e164();
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.number(this);
        }
    }

    /** Three to eight digits, valid in one country; US short codes have five or six. */
    record ShortCode(String address) implements Sender {
        private static final Pattern DIGITS = Pattern.compile("[0-9]{3,8}");

        /** Checks the digits. */
        public ShortCode {
            if (!DIGITS.matcher(address).matches()) {
                throw new InvalidNumberException("a short code has 3 to 8 digits and nothing else");
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.shortCode(this);
        }
    }

    /** A sender name that cannot be answered, and that some countries (the US, Canada) do not have. */
    record Alphanumeric(String address) implements Sender {
        private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9+_&-][A-Za-z0-9 +_&-]{0,10}");

        /** Checks length and characters (Twilio's AlphaSender resource lists them). */
        public Alphanumeric {
            if (!NAME.matcher(address).matches() || address.endsWith(" ")) {
                throw new InvalidNumberException("an alphanumeric sender has 1 to 11 ASCII letters, digits, blanks"
                        + " or + - _ &, at least one letter, and no blank at its ends");
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.alphanumeric(this);
        }
    }

    /** A pool of senders kept at the provider. */
    record MessagingService(String address) implements Sender {
        private static final Pattern SID = Pattern.compile("MG[0-9a-fA-F]{32}");

        /** Checks the form of the SID. */
        public MessagingService {
            if (!SID.matcher(address).matches()) {
                throw new InvalidNumberException("a messaging service SID is MG and 32 hexadecimal digits");
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.messagingService(this);
        }
    }

    /** One function per variant. */
    interface Cases<R> {
        /** For a phone number. */
        R number(Number number);

        /** For a short code. */
        R shortCode(ShortCode shortCode);

        /** For a name. */
        R alphanumeric(Alphanumeric name);

        /** For a pool. */
        R messagingService(MessagingService service);
    }
}
