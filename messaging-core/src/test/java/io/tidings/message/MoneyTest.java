package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void amounts_are_exact_and_equal_whatever_their_zeros() {
        assertThat(Money.of("0.0079", "USD").times(3)).isEqualTo(Money.of("0.02370", "USD"));
        assertThat(Money.of("100", "JPY")).hasToString("100 JPY").isEqualTo(Money.of("1E2", "JPY"));
        assertThat(Money.of("0.00", "USD")).isEqualTo(Money.of("0", "USD")).hasToString("0 USD");
        assertThat(Money.of("0.1", "EUR").plus(Money.of("0.2", "EUR"))).hasToString("0.3 EUR");
    }

    @Test
    void currencies_are_never_mixed() {
        assertThatThrownBy(() -> Money.of("1", "EUR").plus(Money.of("1", "USD")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("USD")
                .hasMessageContaining("EUR");
    }

    @Test
    void what_is_no_money_is_refused() {
        assertThatThrownBy(() -> Money.of("1,5", "EUR")).hasMessageContaining("'1,5'");
        assertThatThrownBy(() -> Money.of("1", "euro")).hasMessageContaining("ISO 4217");
        assertThatThrownBy(() -> new Money(java.math.BigDecimal.ONE, null)).isInstanceOf(NullPointerException.class);
    }
}
