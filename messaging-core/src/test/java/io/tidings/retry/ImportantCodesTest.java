package io.tidings.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.message.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Written by hand from Twilio's documentation of each code, not from the table. */
class ImportantCodesTest {

    @ParameterizedTest
    @CsvSource({
        // code, kind, wait, pause, suppress, resend after undelivered
        "10001, CONFIGURATION, PT1M, ACCOUNT, false, false",
        "20003, CONFIGURATION, '', ACCOUNT, false, false",
        "20005, CONFIGURATION, PT1M, ACCOUNT, false, false",
        "30002, CONFIGURATION, PT5M, ACCOUNT, false, false",
        "30037, CONFIGURATION, PT15M, ACCOUNT, false, false",
        "20404, CONFIGURATION, '', NONE, false, false",
        "20422, CONFIGURATION, '', NONE, false, false",
        "20429, RETRY, '', NONE, false, false",
        "20500, AMBIGUOUS, '', NONE, false, false",
        "20503, AMBIGUOUS, '', NONE, false, false",
        "20504, AMBIGUOUS, '', NONE, false, false",
        "30410, AMBIGUOUS, '', NONE, false, false",
        "21211, PERMANENT, '', NONE, false, false",
        "21212, CONFIGURATION, '', NONE, false, false",
        "21408, CONFIGURATION, '', NONE, false, false",
        "21603, CONFIGURATION, '', NONE, false, false",
        "21606, CONFIGURATION, '', NONE, false, false",
        "21608, CONFIGURATION, '', NONE, false, false",
        "21610, PERMANENT, '', NONE, true, false",
        "21611, RETRY, PT1M, SENDER, false, false",
        "21612, OTHER_ROUTE, '', NONE, false, false",
        "21614, PERMANENT, '', NONE, false, false",
        "21617, CONFIGURATION, '', NONE, false, false",
        "21620, CONFIGURATION, '', NONE, false, false",
        "21701, CONFIGURATION, '', NONE, false, false",
        "21702, RETRY_LATER, '', NONE, false, false",
        "21703, CONFIGURATION, '', NONE, false, false",
        "30001, RETRY, PT1M, SENDER, false, false",
        "30003, RETRY_LATER, '', NONE, false, true",
        "30004, PERMANENT, '', NONE, false, false",
        "30005, PERMANENT, '', NONE, false, false",
        "30006, PERMANENT, '', NONE, false, false",
        "30007, PERMANENT, '', NONE, false, false",
        "30008, RETRY_LATER, '', NONE, false, true",
        "30017, RETRY_LATER, '', NONE, false, true",
        "30022, RETRY, PT10S, SENDER, false, true",
        "30023, WAIT, next-midnight-America/Los_Angeles, NONE, false, true",
        "30025, NOTICE, '', NONE, false, false",
        "30027, WAIT, next-midnight-America/Los_Angeles, NONE, false, true",
        "30032, CONFIGURATION, '', NONE, false, false",
        "30034, CONFIGURATION, '', NONE, false, false",
        "30036, RETRY, '', NONE, false, false",
        "30453, RETRY_LATER, '', NONE, false, true",
        "30630, PERMANENT, '', NONE, true, false",
        "30640, PERMANENT, '', NONE, false, false",
        "35118, CONFIGURATION, '', NONE, false, false",
        "63003, PERMANENT, '', NONE, false, false",
        "63014, PERMANENT, '', NONE, true, false",
        "63016, OTHER_ROUTE, '', NONE, false, false",
        "63018, RETRY, PT10S, SENDER, false, false",
        "63033, PERMANENT, '', NONE, true, false",
        "60203, WAIT, PT10M, NONE, false, false",
        "13224, PERMANENT, '', NONE, false, false",
        "13230, CONFIGURATION, '', NONE, false, false",
        "30451, CONFIGURATION, '', NONE, false, false",
    })
    void a_code_is_handled_as_twilio_describes_it(
            int code, ErrorKind kind, String wait, Pause.Scope pause, boolean suppress, boolean resend) {
        assertThat(ErrorCodes.standard().of(code).handling())
                .isEqualTo(new Handling(kind, WaitRule.parse(wait), pause, suppress, resend));
    }

    @ParameterizedTest
    @CsvSource({
        "20003, API",
        "21610, REQUEST",
        "30003, DELIVERY",
        "63016, CHANNEL",
        "21215, VOICE",
        "11200, WEBHOOK",
        "60200, SERVICE",
        "21422, SERVICE"
    })
    void a_code_belongs_to_the_family_where_it_turns_up(int code, ErrorCode.Family family) {
        assertThat(ErrorCodes.standard().of(code).family()).isEqualTo(family);
    }

    @ParameterizedTest
    @CsvSource({
        "21610, opted out",
        "30003, switched off",
        "30032, toll-free",
        "30005, unknown",
        "21614, mobile",
        "20003, credentials",
        "63016, 24 hours",
        "60202, checked five times",
        "60203, Five codes were sent"
    })
    void the_plain_words_say_what_happened(int code, String words) {
        assertThat(ErrorCodes.standard().of(code).explanation()).contains(words);
    }
}
