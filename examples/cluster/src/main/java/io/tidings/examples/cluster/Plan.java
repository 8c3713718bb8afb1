package io.tidings.examples.cluster;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a run does.
 *
 * @param messages how many texts the host sends at least
 * @param nodes how many processes dispatch at a time
 * @param senders how many short codes there are
 * @param rate segments per second of each sender, for all nodes together
 * @param kills how many nodes are killed; the host goes on sending until then
 * @param pauses how many nodes are stopped for longer than their lease and then go on
 * @param seed decides the moments and victims, handsets and jitter
 */
record Plan(int messages, int nodes, int senders, int rate, int kills, int pauses, long seed) {
    private static final int FIRST_SENDER = 55501;

    Plan {
        if (messages < 1 || nodes < 1 || senders < 1 || rate < 1 || kills < 0 || pauses < 0) {
            throw new IllegalArgumentException("figures are positive, kills and pauses not negative");
        }
    }

    static final String USAGE = """
            Three nodes on one PostgreSQL text through a local Twilio; one is killed on the way.
              --messages N   texts at least (1500)     --nodes N    processes (3)
              --senders N    short codes (3)           --rate N     segments/s of each, cluster-wide (50)
              --kills N      kill -9 (1)               --pauses N   SIGSTOP longer than the lease (0)
              --seed N       repeats the moments, victims and handsets of a run""";

    /** Throws {@link IllegalArgumentException} with a sentence for anything it does not know. */
    static Plan of(String... arguments) {
        int[] figures = {1_500, 3, 3, 50, 1, 0};
        List<String> names = List.of("--messages", "--nodes", "--senders", "--rate", "--kills", "--pauses");
        long seed = new Random().nextInt(1, 1_000_000_000);
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String name = words.next();
            if (!words.hasNext() || (!names.contains(name) && !name.equals("--seed"))) {
                throw new IllegalArgumentException(name + " is not known or lacks its value\n" + USAGE);
            }
            long value = number(name, words.next());
            if (name.equals("--seed")) {
                seed = value;
            } else {
                figures[names.indexOf(name)] = Math.toIntExact(value);
            }
        }
        return new Plan(figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], seed);
    }

    private static long number(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a whole number", e);
        }
    }

    List<String> codes() {
        return IntStream.range(0, senders)
                .mapToObj(which -> Integer.toString(FIRST_SENDER + which))
                .toList();
    }
}
