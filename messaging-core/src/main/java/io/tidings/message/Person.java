package io.tidings.message;

import java.util.List;

/**
 * Whom an entry of the consent ledger is about: a number, and the hashes under which the same person is recognised after
 * the number was erased.
 *
 * @param number the number
 * @param hashes one for each secret of the installation, the current one first; none where nobody can have been erased
 */
public record Person(PhoneNumber number, List<PersonHash> hashes) {

    /** Copies the hashes. */
    public Person {
        hashes = List.copyOf(hashes);
    }

    /** A person who is recognised by the number alone. */
    public static Person of(PhoneNumber number) {
        return new Person(number, List.of());
    }
}
