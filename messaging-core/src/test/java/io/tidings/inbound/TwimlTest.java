package io.tidings.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TwimlTest {
    private static final String[] PIECES = {
        "</Message>",
        "<Message>",
        "]]>",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "<!DOCTYPE x>",
        "a",
        "é",
        "😀",
        "\u0000",
        "\u0007",
        "\uFFFE",
        "\uFFFF",
        "\r\n",
        "\r",
        "\n",
        "\t",
        "\u0085",
        "\u2028",
        "\"",
        "'",
        "<",
        ">",
        "&",
        "<Redirect>",
        "中"
    };

    @Test
    void whatever_is_said_parses_back_as_exactly_one_message_with_the_text() throws Exception {
        long seed = Long.getLong("tidings.seed", 20261121L);
        SplittableRandom random = new SplittableRandom(seed);
        int rounds = "full".equals(System.getProperty("tidings.torture")) ? 200_000 : 5_000;
        for (int i = 0; i < rounds; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(
                        random.nextInt(4) == 0
                                ? Character.toString(scalar(random))
                                : PIECES[random.nextInt(PIECES.length)]);
            }
            Document document = parse(Twiml.message(text.toString()));
            NodeList children = document.getDocumentElement().getChildNodes();

            assertThat(document.getDocumentElement().getTagName()).isEqualTo("Response");
            assertThat(children.getLength()).as("seed %d round %d", seed, i).isEqualTo(1);
            assertThat(children.item(0).getNodeName()).isEqualTo("Message");
            assertThat(children.item(0).getTextContent()).isEqualTo(Twiml.legal(text.toString()));
            assertThat(children.item(0).getChildNodes().getLength()).isEqualTo(1);
        }
    }

    private static int scalar(SplittableRandom random) {
        int point = random.nextInt(0x110000);
        return point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point;
    }

    private static Document parse(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setCoalescing(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void nothing_to_say_is_an_empty_response() throws Exception {
        assertThat(Twiml.message("\u0000\u0007")).isEqualTo(Twiml.EMPTY);
        assertThat(parse(Twiml.EMPTY).getDocumentElement().hasChildNodes()).isFalse();
    }
}
