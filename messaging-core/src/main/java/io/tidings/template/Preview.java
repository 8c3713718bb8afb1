package io.tidings.template;

import io.tidings.message.Encoding;
import io.tidings.message.ForcingCharacter;
import io.tidings.message.Money;
import io.tidings.message.Segments;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a templated message would say and cost. Nothing is stored or sent.
 *
 * @param rendered the text as it would leave, after smart encoding if asked for
 * @param segments how it would be encoded and cut
 * @param cost what it would cost, or {@code null} if the price book has no price for the destination
 */
public record Preview(
        Rendered rendered, Segments segments, @Nullable Money cost) {

    /** The text. */
    public String text() {
        return rendered.text();
    }

    /** How it travels. */
    public Encoding encoding() {
        return segments.encoding();
    }

    /** The characters that force UCS-2, with their GSM-7 twins. */
    public List<ForcingCharacter> forcing() {
        return segments.forcing();
    }

    /** What it would cost; empty if the price is unknown. */
    public Optional<Money> estimatedCost() {
        return Optional.ofNullable(cost);
    }
}
