package io.tidings.examples.quickstart;

/**
 * The countries this host texts to. Whatever is not here is closed: the list has recipients in five more countries, and
 * the destination gate refuses those.
 */
final class Destinations {
    private static final String OPEN = "US CA GB AU FR DE SE ES IT PT NL BE AT CH DK NO FI IE PL CZ SK HU RO BG GR"
            + " HR SI EE LV LT LU MX BR AR CL CO PE UY CR PA JP KR SG HK TW TH MY PH IN ID VN NZ ZA KE IL";

    private Destinations() {}

    static String[] open() {
        return OPEN.split(" ");
    }
}
