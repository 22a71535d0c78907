package dev.assay.data.format;

import dev.assay.data.Message;
import dev.assay.data.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Anthropic's transcripts, {@code \n\nHuman: ...\n\nAssistant: ...}, as messages. */
final class Transcripts {
    private static final Pattern MARKER = Pattern.compile("(?:\\A|\n\n)(?:## ?)?(Human|Assistant):[ \n]?");

    private Transcripts() {}

    /** The turns; empty when the text does not begin with a marker. */
    static List<Message> parse(String text) {
        List<Message> turns = new ArrayList<>();
        Matcher marker = MARKER.matcher(text);
        if (!marker.find() || !text.substring(0, marker.start()).isBlank()) {
            return List.of();
        }
        Role role = role(marker.group(1));
        int begin = marker.end();
        while (marker.find()) {
            turns.add(new Message(role, text.substring(begin, marker.start()).strip()));
            role = role(marker.group(1));
            begin = marker.end();
        }
        turns.add(new Message(role, text.substring(begin).strip()));
        return turns;
    }

    private static Role role(String marker) {
        return marker.equals("Human") ? Role.USER : Role.ASSISTANT;
    }
}
