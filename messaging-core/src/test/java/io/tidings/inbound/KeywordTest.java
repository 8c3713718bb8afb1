package io.tidings.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordTest {

    @ParameterizedTest
    @ValueSource(strings = {"yes", "YES", " Yes! ", "\"yes\".", "ＹＥＳ", "yès", "\tyes\n", "¡yes!"})
    void the_whole_message_matches_whatever_case_marks_and_punctuation(String text) {
        assertThat(Keyword.whole("yes").matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes please", "yesterday", "ye s", "no yes", "!"})
    void a_longer_message_is_another(String text) {
        assertThat(Keyword.whole("yes").matches(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"order 42, true", "ORDER: 42, true", "order, true", "orders 42, false", "my order, false"})
    void a_first_word_may_be_followed_by_anything(String text, boolean matches) {
        assertThat(Keyword.first("Order").matches(text)).isEqualTo(matches);
    }

    @Test
    void several_words_match_with_any_blanks_between() {
        assertThat(Keyword.whole("call  me").matches("Call\u00a0 ME")).isTrue();
    }

    @Test
    void punctuation_is_no_keyword() {
        assertThatThrownBy(() -> Keyword.whole("?!")).isInstanceOf(IllegalArgumentException.class);
    }
}
