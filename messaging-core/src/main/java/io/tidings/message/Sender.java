package io.tidings.message;

import java.util.regex.Pattern;

/** What a message is sent from. */
public sealed interface Sender {

    /** The form the provider takes, for example {@code +12025550100}, {@code 55512}, {@code Tidings}, {@code MG…}. */
    String address();

    /** A long code or toll-free number. */
    record Phone(PhoneNumber number) implements Sender {
        @Override
        public String address() {
            return number.e164();
        }
    }

    /** Three to eight digits, valid in one country. */
    record ShortCode(String address) implements Sender {
        private static final Pattern DIGITS = Pattern.compile("[0-9]{3,8}");

        /** Checks the digits. */
        public ShortCode {
            if (!DIGITS.matcher(address).matches()) {
                throw new InvalidNumberException("a short code has 3 to 8 digits");
            }
        }
    }

    /** A sender name that cannot be answered. */
    record Alphanumeric(String address) implements Sender {
        private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");

        /** Checks length and characters. */
        public Alphanumeric {
            if (!NAME.matcher(address).matches()) {
                throw new InvalidNumberException(
                        "an alphanumeric sender has 1 to 11 letters, digits or blanks, at least one letter");
            }
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
    }
}
