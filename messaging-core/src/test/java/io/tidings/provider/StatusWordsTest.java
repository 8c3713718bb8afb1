package io.tidings.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.AttemptStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusWordsTest {
    @ParameterizedTest
    @CsvSource({
        "accepted, ACCEPTED", "scheduled, ACCEPTED", "queued, QUEUED", "sending, SENDING", "sent, SENT",
        "delivered, DELIVERED", "undelivered, UNDELIVERED", "failed, FAILED", "canceled, CANCELED", "read, READ",
        "partially_delivered, SENT", "receiving, SENDING", "received, DELIVERED", "Delivered, DELIVERED"
    })
    void every_word_of_twilio_has_a_status(String word, AttemptStatus status) {
        assertThat(StatusWords.status(word)).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "teleported"})
    void an_unknown_word_is_the_least_of_all_facts_and_so_never_hides_a_better_one(String word) {
        assertThat(StatusWords.status(word)).isEqualTo(AttemptStatus.ACCEPTED);
        assertThat(StatusWords.status(word).merge(AttemptStatus.QUEUED)).isEqualTo(AttemptStatus.QUEUED);
    }

    @Test
    void no_word_stands_for_something_only_we_can_know() {
        assertThat(StatusWords.status("uncertain").isProviderFact()).isTrue();
    }
}
