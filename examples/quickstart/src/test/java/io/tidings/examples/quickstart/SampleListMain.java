package io.tidings.examples.quickstart;

import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Writes the list that comes with the example: {@code recipients.csv} with 1,000 rows from 60 countries, among them bad
 * ones, and {@code opt-outs.csv}. The same each time. Run it with the resources folder as its argument.
 */
final class SampleListMain {
    private static final int ROWS = 1000;
    private static final int OPTED_OUT = 30;
    private static final int REPEATED = 25;
    private static final List<String> NAMES = List.of(("Ada Ben Clara David Elena Farid Grace Hugo Ines Jonas Kira Leo"
                    + " Mara Nils Olga Paul Quinn Rosa Sami Tara Umar Vera Will Xenia Yara Zoë José André Jürgen Søren"
                    + " Åsa Noël Małgorzata Łukasz Ana-María Chloé Björn Siobhán O'Neil Jean-Luc")
            .split(" "));
    private static final List<String> TIMES = List.of("17:00", "18:00", "18:30", "19:00", "20:00");

    /** Bad rows; the order number is put in place of {@code @}. */
    private static final List<String> BAD = List.of(
            "Ivan,12345,US,en,@,18:00",
            "Judy,call me maybe,GB,en,@,18:00",
            "Karl,+1 202 555 0172 x12,US,en,@,18:00",
            "Lena,+44 7700 900123 / +44 7700 900124,GB,en,@,18:00",
            "Mike,\u202a+12025550173\u202c,US,en,@,18:00",
            "Nora,+999 1234 5678,,en,@,17:00",
            "Omar,4420,GB,en,@,17:00",
            "Paco,+346000000000000000000,ES,es,@,17:00",
            "Rita,,US,en,@,19:00",
            "Sven,  ,SE,en,@,19:00",
            ",(202) 555-0174,US,en,@,19:00",
            "Theo,(202) 555-0175,US,en,,19:00",
            "Uwe,0171 3920098,,de,@,19:00",
            "Vito,+12025550176,US,en,@,",
            "Wanda,4.47701E+11,GB,en,@,18:30",
            "Xaver,\"4,91714E+11\",DE,de,@,18:30",
            "Yves,3.36399E+10,FR,fr,@,18:30",
            "Zita,1.20256E+10,US,en,@,18:30",
            "Alan,(202) 555-0177,USA,en,@,18:30",
            "Bert,(202) 555-0178,US,english,@,18:30",
            "Carl,(202) 555-0179,US,en,@ 7,18:30",
            "Doris,(202) 555-0180,US",
            "Egon;(202) 555-0181;US;en;@;18:30",
            "Fritz,0171 3920097,DE,de,@,18:30,,",
            "Gina,(202) 555-",
            "0182,US,en,@,20:00");

    private final Random random = new Random(60);
    private final List<String> rows = new ArrayList<>();
    private final Map<String, Country> people = new LinkedHashMap<>();
    private int orders;

    /** The two files by name. */
    static Map<String, String> files() {
        SampleListMain list = new SampleListMain();
        list.fill();
        Map<String, String> files = new LinkedHashMap<>();
        files.put("recipients.csv", "name,phone,country,language,order,time\n" + String.join("\n", list.rows) + "\n");
        files.put("opt-outs.csv", list.optOuts());
        return files;
    }

    /** Writes the files into the folder that is the argument. */
    public static void main(String[] arguments) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            Files.writeString(Path.of(arguments[0]).resolve(file.getKey()), file.getValue());
        }
    }

    private void fill() {
        List<Country> pool = new ArrayList<>();
        Country.all().forEach(country -> {
            for (int each = 0; each < country.recipients(); each++) {
                pool.add(country);
            }
        });
        Collections.shuffle(pool, random);
        Map<String, Integer> used = new LinkedHashMap<>();
        List<String[]> good = new ArrayList<>();
        int wanted = ROWS - BAD.size() - REPEATED - 2;
        for (Country country : pool.subList(0, wanted)) {
            String number = country.e164(used.merge(country.iso(), 1, Integer::sum) - 1);
            people.put(number, country);
            String[] person = {pick(NAMES), number, country.iso(), country.language(), order(), pick(TIMES)};
            good.add(person);
            rows.add(row(person, random.nextInt(3)));
        }
        for (int each = 0; each < REPEATED; each++) {
            String[] person = good.get(each * 37);
            insert(row(person, 3 + each % 2));
        }
        BAD.forEach(row -> insert(row.replace("@", order())));
        joinTheTwoHalves();
        insert(row(new String[] {"Heidi", "+12025550183", "US", "en", good.get(5)[4], "18:00"}, 0));
        insert(row(new String[] {"Horst", "+491713920096", "DE", "de", good.get(50)[4], "18:00"}, 0));
    }

    /** A row that was cut by a line break stays together. */
    private void joinTheTwoHalves() {
        String second =
                rows.stream().filter(row -> row.startsWith("0182,")).findFirst().orElseThrow();
        rows.remove(second);
        rows.add(rows.indexOf("Gina,(202) 555-") + 1, second);
    }

    private void insert(String row) {
        rows.add(200 + random.nextInt(rows.size() - 200), row);
    }

    private String order() {
        return String.format("T26-%04d", ++orders);
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The number in one of the forms that people write: international, national, bare, with 00, with dots. */
    private static String row(String[] person, int form) {
        String e164 = person[1];
        String number = switch (form) {
            case 0 -> e164;
            case 1 -> Country.format(e164, PhoneNumberFormat.NATIONAL);
            case 2 -> Country.format(e164, PhoneNumberFormat.INTERNATIONAL);
            case 3 -> "00" + e164.substring(1);
            default -> Country.format(e164, PhoneNumberFormat.INTERNATIONAL).replace(' ', '.');
        };
        return String.join(",", person[0], number, person[2], person[3], person[4], person[5]);
    }

    private String optOuts() {
        StringBuilder file = new StringBuilder("phone,country\n");
        int step = people.size() / OPTED_OUT;
        int at = 0;
        for (Map.Entry<String, Country> person : people.entrySet()) {
            if (at++ % step == 7) {
                PhoneNumberFormat format = at % 2 == 0 ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.E164;
                file.append(Country.format(person.getKey(), format))
                        .append(',')
                        .append(person.getValue().iso())
                        .append('\n');
            }
        }
        return file.append("+12125550199,US\n+447700900999,GB\n").toString();
    }
}
