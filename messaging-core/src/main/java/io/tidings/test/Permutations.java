package io.tidings.test;

import java.util.ArrayList;
import java.util.List;

/** All orders of a few things. */
final class Permutations {
    private Permutations() {}

    static <T> List<List<T>> of(List<T> things) {
        if (things.size() <= 1) {
            return List.of(things);
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            List<T> rest = new ArrayList<>(things);
            T head = rest.remove(i);
            for (List<T> tail : of(rest)) {
                List<T> one = new ArrayList<>(things.size());
                one.add(head);
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }
}
