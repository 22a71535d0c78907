package dev.assay.tokenization.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code loop} of one round. */
final class LoopState {
    private LoopState() {}

    static Map<String, Object> of(List<Object> items, int round, int depth) {
        Map<String, Object> loop = new LinkedHashMap<>();
        loop.put("index", round + 1L);
        loop.put("index0", (long) round);
        loop.put("revindex", (long) items.size() - round);
        loop.put("revindex0", items.size() - round - 1L);
        loop.put("first", round == 0);
        loop.put("last", round == items.size() - 1);
        loop.put("length", (long) items.size());
        loop.put("depth", (long) depth);
        loop.put("depth0", depth - 1L);
        loop.put("previtem", round == 0 ? new Undefined("previtem") : items.get(round - 1));
        loop.put("nextitem", round == items.size() - 1 ? new Undefined("nextitem") : items.get(round + 1));
        Function cycle = (positional, named) -> positional.get(round % positional.size());
        loop.put("cycle", cycle);
        return loop;
    }
}
