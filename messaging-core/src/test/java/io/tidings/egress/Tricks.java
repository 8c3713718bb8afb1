package io.tidings.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ways to write addresses that lead inside: what is known of bypasses of such checks. */
final class Tricks {
    /** Names that the stub resolver leads to these. */
    static final List<String> INSIDE = List.of(
            "127.0.0.1",
            "127.0.0.2",
            "127.1.2.3",
            "127.255.255.254",
            "0.0.0.0",
            "0.0.0.1",
            "10.0.0.1",
            "10.255.0.1",
            "100.64.0.1",
            "100.127.1.1",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.1.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.251",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2002:7f00:1::",
            "64:ff9b::7f00:1",
            "64:ff9b:1::7f00:1",
            "2001::1",
            "::7f00:1",
            "fec0::1",
            "100::1",
            "3fff::1");

    private static final List<String> LITERALS = List.of(
            "127.0.0.1",
            "127.1",
            "127.0.1",
            "127.000.000.001",
            "0127.0.0.1",
            "0177.0.0.1",
            "0177.1",
            "0177.0000.0000.0001",
            "0x7f.0.0.1",
            "0x7f.1",
            "0x7f.0x0.0x0.0x1",
            "0x7f000001",
            "0X7F000001",
            "2130706433",
            "017700000001",
            "00000000000017700000001",
            "127.0.0.1.",
            "127.1.",
            "127.0.0.2",
            "127.127.127.127",
            "0",
            "0.0.0.0",
            "0.0",
            "00",
            "0x0",
            "0.0.0.0.",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "LocalHost.",
            "localhost.localdomain",
            "ip6-localhost",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[0000:0000:0000:0000:0000:0000:0000:0001]",
            "[::0001]",
            "[::]",
            "[0:0:0:0:0:0:0:0]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::FFFF:7F00:0001]",
            "[0:0:0:0:0:ffff:7f00:1]",
            "[::ffff:0:7f00:1]",
            "[::127.0.0.1]",
            "[::7f00:1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2002:7f00:0001::1]",
            "[2001:0:7f00:1::]",
            "[fe80::1]",
            "[fe80::1%25lo]",
            "[fe80::1%lo]",
            "[::1%25lo]",
            "[::1%lo]",
            "[fd00::1]",
            "[ff02::1]",
            "[fec0::1]",
            "1.0.0.127.in-addr.arpa",
            "127.0.0.1.nip.io",
            "0x7f.1.",
            "127%2e0%2e0%2e1",
            "127\uff0e0\uff0e0\uff0e1",
            "127\u30020\u30020\u30021",
            "\u2460\u2461\u2466.0.0.1",
            "\uff11\uff12\uff17.0.0.1",
            "loc\u00adalhost",
            "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
            "4294967297",
            "0x100000001",
            "127.0.0.01",
            "127.0.0.0x1",
            "127.0x1",
            "127.65536",
            "127.0.256",
            "1.1.1.1 &@127.0.0.1",
            "169.254.169.254",
            "0xa9fea9fe",
            "2852039166",
            "0251.0376.0251.0376",
            "169.254.43518",
            "[::ffff:a9fe:a9fe]",
            "[64:ff9b::a9fe:a9fe]",
            "10.1",
            "192.168.257",
            "3232235777",
            "metadata.google.internal",
            "instance-data");

    private Tricks() {}

    /** Whole addresses that aim at this port of this machine, or at what else lies inside. */
    static List<String> addresses(int port) {
        List<String> all = new ArrayList<>();
        for (String literal : LITERALS) {
            all.add("http://" + literal + ":" + port + "/");
            all.add("https://" + literal + ":" + port + "/");
        }
        for (int i = 0; i < INSIDE.size(); i++) {
            all.add("http://inside-" + i + ".example.com:" + port + "/");
            all.add("https://both-" + i + ".example.com:" + port + "/");
        }
        for (String odd : List.of(
                "http://example.com@127.0.0.1:%d/",
                "http://127.0.0.1:%d@127.0.0.1:%d/",
                "http://127.0.0.1:%d#@example.com/",
                "http://example.com#@127.0.0.1:%d/",
                "http://example.com?@127.0.0.1:%d/",
                "http:127.0.0.1:%d/",
                "http:/127.0.0.1:%d/",
                "http:///127.0.0.1:%d/",
                "http:\\\\127.0.0.1:%d\\",
                "http://127.0.0.1\\@example.com:%d/",
                "http://example.com\\@127.0.0.1:%d/",
                "//127.0.0.1:%d/",
                "127.0.0.1:%d/",
                "http://127.0.0.1:%d\t/",
                "http://\t127.0.0.1:%d/",
                "http://127.0.0.1%%00.example.com:%d/",
                "http://127.0.0.1%%0d%%0aHost:x:%d/",
                "ftp://127.0.0.1:%d/",
                "file://127.0.0.1:%d/etc/passwd",
                "gopher://127.0.0.1:%d/_x",
                "dict://127.0.0.1:%d/",
                "jar:http://127.0.0.1:%d/!/",
                "HTTP://127.0.0.1:%d/",
                "hTTps://localhost:%d/")) {
            all.add(odd.replace("%%", "\0")
                    .replace("%d", Integer.toString(port))
                    .replace("\0", "%"));
        }
        return all;
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    /** {@code inside-N} leads inside; {@code both-N} to a public address first. */
    static List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.startsWith("inside-") || host.startsWith("both-")) {
            String number = host.substring(host.indexOf('-') + 1, host.indexOf('.'));
            InetAddress inside = InetAddress.getByName(INSIDE.get(Integer.parseInt(number)));
            return host.startsWith("both-") ? List.of(InetAddress.getByName("93.184.216.34"), inside) : List.of(inside);
        }
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.contains("local") || lower.contains("127.0.0.1") || lower.contains("arpa") || !lower.contains(".")) {
            return List.of(InetAddress.getLoopbackAddress(), address("::1"));
        }
        return List.of(InetAddress.getByName("169.254.169.254"));
    }
}
