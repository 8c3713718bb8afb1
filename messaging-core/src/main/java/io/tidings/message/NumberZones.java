package io.tidings.message;

import com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper;
import com.google.i18n.phonenumbers.Phonenumber;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time zones that a number can be in: those of its area where libphonenumber's geocoder is on the class path and
 * knows the area, else all of its country (IANA's zone.tab).
 */
final class NumberZones {
    private static final Logger log = LoggerFactory.getLogger(NumberZones.class);
    private static final Map<String, Set<ZoneId>> COUNTRIES = countries();
    private static final boolean AREAS = areasAreKnown();

    private NumberZones() {}

    /** Empty if neither area nor country is known. */
    static Set<ZoneId> of(Phonenumber.PhoneNumber number, Optional<String> region) {
        Set<ZoneId> area = AREAS ? Areas.zones(number) : Set.of();
        return area.isEmpty() ? ofCountry(region) : area;
    }

    static Set<ZoneId> ofCountry(Optional<String> region) {
        return region.map(COUNTRIES::get).orElse(Set.of());
    }

    private static boolean areasAreKnown() {
        try {
            Areas.zones(new Phonenumber.PhoneNumber().setCountryCode(1).setNationalNumber(2025550100L));
            return true;
        } catch (NoClassDefFoundError e) {
            log.info(
                    "libphonenumber's geocoder is not on the class path; numbers are in any time zone of their country");
            return false;
        }
    }

    private static Map<String, Set<ZoneId>> countries() {
        Map<String, Set<ZoneId>> zones = new HashMap<>();
        for (String line : DataFile.lines("country-zones.csv")) {
            int comma = line.indexOf(',');
            zones.put(
                    line.substring(0, comma),
                    known(List.of(line.substring(comma + 1).split(" ", -1))));
        }
        return Map.copyOf(zones);
    }

    /** A zone that is newer than this Java's tables has no rules to go by. */
    private static Set<ZoneId> known(List<String> names) {
        return names.stream().flatMap(name -> zone(name).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<ZoneId> zone(String name) {
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Apart from the rest, so that only this class fails to load without the geocoder. */
    private static final class Areas {
        private static final PhoneNumberToTimeZonesMapper MAPPER = PhoneNumberToTimeZonesMapper.getInstance();

        static Set<ZoneId> zones(Phonenumber.PhoneNumber number) {
            Set<String> names = new TreeSet<>(MAPPER.getTimeZonesForNumber(number));
            if (names.contains(PhoneNumberToTimeZonesMapper.getUnknownTimeZone())) {
                names = new TreeSet<>(MAPPER.getTimeZonesForGeographicalNumber(number));
            }
            names.remove(PhoneNumberToTimeZonesMapper.getUnknownTimeZone());
            return known(List.copyOf(names));
        }
    }
}
