package io.tidings.jdbc;

import io.tidings.outbox.Incoming;
import io.tidings.outbox.Stores;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Prints what encryption costs: a value by itself, and storing messages a hundred at once on PostgreSQL. */
final class EncryptionCostMain {
    private static final int ROUNDS = 9;

    private EncryptionCostMain() {}

    public static void main(String[] args) {
        SealedColumns cipher = new SealedColumns(TestKeys.ONE, "one");
        String place = ColumnCipher.place("message.body", "0190cd23-3680-7000-baf7-9be4b6f46298");
        String text = "x".repeat(300);
        String sealed = cipher.seal(place, text);
        print("encrypt 300 characters", 20_000, each -> cipher.seal(place, text));
        print("decrypt them", 20_000, each -> cipher.open(place, sealed));
        print("look a number up", 20_000, each -> cipher.number("+12025550143"));
        Stores clear =
                JdbcStores.on(Databases.postgresIn(Databases.postgresSchema())).open();
        Stores encrypted = JdbcStores.on(Databases.postgresIn(Databases.postgresSchema()))
                .encryptedBy(TestKeys.ONE)
                .open();
        print("store 100 messages in the clear", 20, each -> clear.outbox().enqueue(messages()));
        print("store 100 messages encrypted", 20, each -> encrypted.outbox().enqueue(messages()));
        print("store 100 messages in the clear", 20, each -> clear.outbox().enqueue(messages()));
        print("store 100 messages encrypted", 20, each -> encrypted.outbox().enqueue(messages()));
        System.exit(0);
    }

    private static List<Incoming> messages() {
        return IntStream.range(0, 100)
                .mapToObj(each -> Messages.incoming(Messages.waiting()))
                .toList();
    }

    /** The median of the rounds. */
    private static void print(String what, int times, IntConsumer work) {
        double[] micros = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            for (int each = 0; each < times; each++) {
                work.accept(each);
            }
            micros[round] = (System.nanoTime() - began) / 1e3 / times;
        }
        Arrays.sort(micros);
        System.out.printf(Locale.ROOT, "%s: %.1f µs%n", what, micros[ROUNDS / 2]);
    }
}
