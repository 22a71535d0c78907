package dev.assay.tokenization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays tokenised groups out as batches: what the sequences of a group have in common is stored once where that pays, groups
 * of like length come together so that little is padding, and a batch stays within a token budget. The same groups give the
 * same batches whatever the machine, and the same rewards whatever the options. A row holds one trie: decoders skip the
 * padding, so that several to a row would save none of their work and only leave fewer rows to compute side by side.
 */
public final class PrefixPacker {
    private final PackingOptions options;
    private final int pad;

    /**
     * @param options how to lay out
     * @param pad the id that fills a row; any id of the vocabulary, since nothing ever reads it
     */
    public PrefixPacker(PackingOptions options, int pad) {
        this.options = options;
        this.pad = pad;
    }

    /** The same layout in batches of at most so many tokens, or fewer where they were fewer. */
    public PrefixPacker withBudget(int tokens) {
        return new PrefixPacker(new PackingOptions(options.sharing(), Math.min(tokens, options.tokenBudget())), pad);
    }

    /** Batches for any number of groups, longest rows first, so that a lack of memory shows at once. */
    public List<PackedGroups> pack(List<TokenizedGroup> groups) {
        List<Item> items = new ArrayList<>(IntStream.range(0, groups.size())
                .mapToObj(index -> item(index, groups.get(index)))
                .toList());
        items.sort(Comparator.comparingInt(Item::columns).reversed().thenComparingInt(Item::index));
        List<PackedGroups> batches = new ArrayList<>();
        List<Item> current = new ArrayList<>();
        long tokens = 0;
        for (Item item : items) {
            if (!current.isEmpty() && tokens + item.tokens() > options.tokenBudget()) {
                batches.add(batch(current));
                current.clear();
                tokens = 0;
            }
            current.add(item);
            tokens += item.tokens();
        }
        if (!current.isEmpty()) {
            batches.add(batch(current));
        }
        return batches;
    }

    /** All groups as one batch, in the order given. */
    public PackedBatch packOne(List<TokenizedGroup> groups) {
        return batch(IntStream.range(0, groups.size())
                        .mapToObj(i -> item(i, groups.get(i)))
                        .toList())
                .batch();
    }

    private Item item(int index, TokenizedGroup group) {
        return new Item(index, group, TokenForest.of(group, options.sharing()));
    }

    private record Item(int index, TokenizedGroup group, TokenForest forest) {
        int columns() {
            return forest.columns();
        }

        /** What is computed: decoders skip the padding. */
        long tokens() {
            return forest.tokens();
        }
    }

    private PackedGroups batch(List<Item> items) {
        BatchLayout layout = new BatchLayout(
                items.stream().mapToInt(item -> item.forest().rows()).sum(),
                items.stream().mapToInt(Item::columns).max().orElse(0),
                items.stream().mapToInt(item -> item.group().sequences().size()).sum(),
                items.size(),
                pad);
        items.forEach(item -> layout.add(item.group(), item.forest()));
        return new PackedGroups(
                layout.batch(), items.stream().mapToInt(Item::index).toArray());
    }
}
