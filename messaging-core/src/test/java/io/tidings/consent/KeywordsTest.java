package io.tidings.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidings.consent.Keywords.Family;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordsTest {
    private static final String STOP = "STOP STOPALL UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT ARRET ARRETE ARRETT";

    private final Keywords keywords = Keywords.standard();

    private static Stream<String> stopWords() {
        return Stream.concat(Stream.of(STOP.split(" ", -1)), Stream.of("STOP ALL", "OPT OUT", "OPT-OUT"))
                .flatMap(word -> Stream.of(
                        word,
                        word.toLowerCase(Locale.ROOT),
                        word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT),
                        " \t" + word + "\r\n",
                        word + ".",
                        word + "!!!",
                        "\"" + word + "\"",
                        "«" + word + "»",
                        "…" + word + " 🛑",
                        "\u200B" + word + "\uFEFF",
                        "\u00A0" + word + "\u3000"));
    }

    @ParameterizedTest
    @MethodSource("stopWords")
    void a_message_that_is_a_word_of_the_STOP_family_is_found_however_it_is_dressed(String text) {
        assertThat(keywords.families(text)).containsExactly(Family.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ARRÊT", "arrêté", "Arre\u0302t", "ＳＴＯＰ", "opt  out", "Stop\uFE0F"})
    void accents_and_wide_letters_do_not_matter(String text) {
        assertThat(keywords.families(text)).containsExactly(Family.STOP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP PLEASE",
                "please stop calling",
                "PLEASE CANCEL",
                "don't stop",
                "stop it",
                "nonstop",
                "S T O P",
                "STOPP",
                "END OF MESSAGE",
                "the end",
                "cancel my order",
                "quit smoking",
                "stop.now",
                "STOP 5",
                "ST0P",
                "unsubscribe me",
                "s.t.o.p",
                "START NOW",
                "restart",
                "helpful",
                "HELP ME",
                "information",
                "",
                " ",
                "…",
                "🛑",
                "YES PLEASE",
                "ok"
            })
    void anything_longer_or_other_is_no_keyword(String text) {
        assertThat(keywords.families(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"START", "start", " Start\n", "UNSTOP", "unstop"})
    void START_is_the_bare_word(String text) {
        assertThat(keywords.families(text)).containsExactly(Family.START);
    }

    @ParameterizedTest
    @ValueSource(strings = {"START!", "\"start\"", "start.", "ＳＴＡＲＴ", "St\u200Bart", "\u200BSTART"})
    void in_doubt_nobody_is_brought_back(String text) {
        assertThat(keywords.families(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HELP", "help?", "Info", "info.", "Aide", "HELP!"})
    void HELP_is_found_in_English_and_French(String text) {
        assertThat(keywords.families(text)).containsExactly(Family.HELP);
    }

    @Test
    void YES_may_confirm_or_bring_back() {
        assertThat(keywords.families("yes")).containsExactlyInAnyOrder(Family.START, Family.CONFIRM);
        assertThat(keywords.families("Yes!")).containsExactly(Family.CONFIRM);
        assertThat(keywords.families("oui")).containsExactly(Family.CONFIRM);
    }

    @Test
    void a_very_long_message_is_no_keyword_and_costs_nothing() {
        assertThat(keywords.families("STOP" + " ".repeat(300))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"تَوَقَّف", "停止", "รหัสหยุด", "रोकें", "СТОП", "ΤΕΛΟΣ", "parar"})
    void a_host_adds_words_of_any_script_and_loses_none(String word) {
        Keywords more = keywords.with(Family.STOP, word);

        assertThat(more.families(word)).containsExactly(Family.STOP);
        assertThat(more.families(" " + word.toUpperCase(Locale.ROOT) + ". ")).containsExactly(Family.STOP);
        assertThat(more.families(word + " " + word)).isEmpty();
        assertThat(more.families("stop")).containsExactly(Family.STOP);
        assertThat(keywords.families(word)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!", " "})
    void a_keyword_has_a_letter(String word) {
        assertThatIllegalArgumentException().isThrownBy(() -> keywords.with(Family.STOP, word));
    }

    @Test
    void every_family_has_an_answer_that_a_host_can_replace_or_leave_out() {
        assertThat(Family.values())
                .allSatisfy(family -> assertThat(keywords.reply(family)).isNotEmpty());
        assertThat(keywords.replying(Family.HELP, "Example Motors: call 1-800-555-0199. ")
                        .reply(Family.HELP))
                .isEqualTo("Example Motors: call 1-800-555-0199.");
        assertThat(keywords.replying(Family.STOP, "").reply(Family.STOP)).isEmpty();
    }
}
