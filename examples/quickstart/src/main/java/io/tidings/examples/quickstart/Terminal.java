package io.tidings.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;

/**
 * Where the program prints and asks.
 *
 * @param out what the program has to say
 * @param err what is wrong with its call
 * @param in answers to its questions
 * @param asks whether somebody is there to answer
 * @param rewrites whether a line can be written over
 */
record Terminal(PrintStream out, PrintStream err, BufferedReader in, boolean asks, boolean rewrites) {

    /** Whether the answer is yes. */
    boolean confirms(String question) {
        out.print(question + " [yes/no] ");
        out.flush();
        try {
            String answer = in.readLine();
            return answer != null && answer.strip().equalsIgnoreCase("yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
