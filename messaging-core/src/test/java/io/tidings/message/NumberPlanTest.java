package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short way to validity and region says the same as libphonenumber's full parse does of its own output. */
class NumberPlanTest {
    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();
    private static final int RANDOM_NUMBERS = 40_000;

    @Test
    void example_numbers_of_every_region_and_type_are_read_as_parse_reads_them() {
        List<String> examples = new ArrayList<>();
        for (String region : PLANS.getSupportedRegions()) {
            for (PhoneNumberType type : PhoneNumberType.values()) {
                Phonenumber.PhoneNumber example = PLANS.getExampleNumberForType(region, type);
                if (example != null) {
                    examples.add(PLANS.format(example, PhoneNumberFormat.E164));
                }
            }
        }

        assertThat(examples).hasSizeGreaterThan(1_000).allSatisfy(NumberPlanTest::agrees);
    }

    @Test
    void random_digits_are_read_as_parse_reads_them() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Integer> codes = List.copyOf(PLANS.getSupportedCallingCodes());
        int compared = 0;
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            StringBuilder e164 = new StringBuilder("+").append(codes.get(random.nextInt(codes.size())));
            int length = 8 + random.nextInt(9);
            while (e164.length() < length) {
                e164.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
            }
            if (isOutputOfParse(e164.toString())) {
                compared++;
                assertThat(e164.toString()).as("seed %d", seed).satisfies(NumberPlanTest::agrees);
            }
        }
        assertThat(compared).isGreaterThan(RANDOM_NUMBERS / 4);
    }

    private static boolean isOutputOfParse(String e164) {
        return parsed(e164)
                .filter(number -> PLANS.format(number, PhoneNumberFormat.E164).equals(e164))
                .isPresent();
    }

    private static void agrees(String e164) {
        assertThat(NumberPlan.isValid(e164)).as("validity of %s", e164).isEqualTo(parsedIsValid(e164));
        assertThat(NumberPlan.region(e164)).as("region of %s", e164).isEqualTo(parsedRegion(e164));
    }

    private static boolean parsedIsValid(String e164) {
        return parsed(e164).filter(PLANS::isValidNumber).isPresent();
    }

    private static Optional<String> parsedRegion(String e164) {
        return parsed(e164)
                .map(number -> Optional.ofNullable(PLANS.getRegionCodeForNumber(number))
                        .orElseGet(() -> PLANS.getRegionCodeForCountryCode(number.getCountryCode())))
                .filter(region -> !region.equals("001"));
    }

    private static Optional<Phonenumber.PhoneNumber> parsed(String e164) {
        try {
            return Optional.of(PLANS.parse(e164, "001"));
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
