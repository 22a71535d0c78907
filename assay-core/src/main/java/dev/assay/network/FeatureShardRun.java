package dev.assay.network;

import dev.assay.AssayException;
import dev.assay.ErrorKind;
import dev.assay.checkpoint.FeatureShard;
import dev.assay.checkpoint.SkippedRow;
import dev.assay.data.Conversation;
import dev.assay.data.RankedResponses;
import dev.assay.tensor.LibTorch;
import dev.assay.tensor.TensorScope;
import dev.assay.tensor.Tensors;
import dev.assay.tensor.Workers;
import dev.assay.tokenization.ConversationEncoder;
import dev.assay.tokenization.PackedGroups;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.TokenizedGroup;
import dev.assay.tokenization.Truncation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The features of one shard: rows to groups of distinct responses, groups to states, states back to rows. */
final class FeatureShardRun {
    /** Responses computed over one copy of their prompt; a prompt with more is computed once for so many. */
    private static final int MOST_TOGETHER = 64;

    private final FeatureModel model;
    private final FeatureSettings settings;
    private final IntConsumer done;
    private final ConversationEncoder encoder;

    private final List<String> ids = new ArrayList<>();
    private final List<int[]> tokens = new ArrayList<>();
    private final List<int[]> sequences = new ArrayList<>();
    private final List<SkippedRow> skipped = new ArrayList<>();
    private final List<TokenizedGroup> groups = new ArrayList<>();
    private int count;

    /** @param done is told how many rows are finished, from any thread, one at a time */
    FeatureShardRun(FeatureModel model, FeatureSettings settings, IntConsumer done) {
        this.model = model;
        this.settings = settings;
        this.done = done;
        this.encoder = new ConversationEncoder(
                model.tokenizer(),
                model.format(),
                new Truncation(Integer.MAX_VALUE, Truncation.Side.PROMPT_LEFT),
                settings.position());
    }

    /** The features of all rows that can have some, in the caller's scope; there may be none. */
    FeatureShard compute(List<List<FeatureRow>> prompts) {
        prompts.forEach(this::tokenize);
        int width = model.backbone().config().hiddenSize();
        int each = prompts.getFirst().getFirst().responses().size();
        if (ids.isEmpty()) {
            return empty(each, width);
        }
        Tensor responses = Tensors.floats(new float[Math.multiplyExact(count, width)], count, width);
        Tensor states = Tensors.floats(new float[Math.multiplyExact(count, width)], count, width);
        try (NoGradGuard unrecorded = new NoGradGuard()) {
            fill(responses, states);
        }
        int[] first = sequences.stream().mapToInt(row -> row[0]).toArray();
        int[] all = sequences.stream().flatMapToInt(IntStream::of).toArray();
        Tensor rows = responses.index_select(0, Tensors.longs(all));
        Tensor shaped = each == 1 ? rows : rows.view(first.length, each, width);
        FeatureShard shard = new FeatureShard(
                shaped.to(settings.storage().type()),
                states.index_select(0, Tensors.longs(first))
                        .to(settings.storage().type()),
                ids,
                tokens.toArray(int[][]::new),
                skipped);
        requireFinite(shard);
        return shard;
    }

    /** Without a row to take it from, the shape has to be said: shards are joined along the rows. */
    private FeatureShard empty(int each, int width) {
        float[] none = {};
        Tensor responses = each == 1 ? Tensors.floats(none, 0, width) : Tensors.floats(none, 0, each, width);
        return new FeatureShard(
                responses.to(settings.storage().type()),
                Tensors.floats(none, 0, width).to(settings.storage().type()),
                ids,
                new int[0][],
                skipped);
    }

    private void tokenize(List<FeatureRow> rows) {
        Map<Conversation, Integer> distinct = new LinkedHashMap<>();
        rows.forEach(row -> row.responses().forEach(each -> distinct.putIfAbsent(each, distinct.size())));
        TokenizedGroup whole = encoder.encode(
                        new RankedResponses(
                                rows.getFirst().prompt(),
                                List.copyOf(distinct.keySet()),
                                Collections.nCopies(distinct.size(), 1),
                                rows.getFirst().origin()),
                        0)
                .group();
        Map<Integer, Integer> kept = new LinkedHashMap<>();
        for (FeatureRow row : rows) {
            int[] own = row.responses().stream()
                    .mapToInt(each -> Objects.requireNonNull(distinct.get(each)))
                    .toArray();
            String reason = reasonToSkip(whole, own);
            if (reason.isEmpty()) {
                ids.add(row.id());
                tokens.add(IntStream.of(own)
                        .map(s -> whole.sequences().get(s).length - 1 - whole.promptIndices()[s])
                        .toArray());
                sequences.add(IntStream.of(own)
                        .map(s -> kept.computeIfAbsent(s, key -> count + kept.size()))
                        .toArray());
            } else {
                skipped.add(new SkippedRow(row.id(), reason));
            }
        }
        List<Integer> indices = List.copyOf(kept.keySet());
        for (int from = 0; from < indices.size(); from += MOST_TOGETHER) {
            groups.add(part(whole, indices.subList(from, Math.min(indices.size(), from + MOST_TOGETHER))));
        }
        count += kept.size();
    }

    private String reasonToSkip(TokenizedGroup whole, int[] own) {
        for (int sequence : own) {
            int length = whole.sequences().get(sequence).length;
            if (length > settings.maxTokens()) {
                return length + " tokens with the prompt, more than " + settings.maxTokens();
            }
            if (whole.promptIndices()[sequence] < 0) {
                return "no prompt: there is no state to gate by";
            }
        }
        return "";
    }

    private static TokenizedGroup part(TokenizedGroup whole, List<Integer> indices) {
        return new TokenizedGroup(
                indices.stream().map(whole.sequences()::get).toList(),
                new int[indices.size()],
                1,
                0,
                indices.stream().mapToInt(s -> whole.promptIndices()[s]).toArray(),
                0,
                whole.origin());
    }

    /** Whoever is free takes the next batch; each writes rows of its own. */
    private void fill(Tensor responses, Tensor states) {
        int[] starts = new int[groups.size()];
        for (int g = 1; g < starts.length; g++) {
            starts[g] = starts[g - 1] + groups.get(g - 1).sequences().size();
        }
        PackingOptions packing = new PackingOptions(PackingOptions.Sharing.AUTO, settings.batchTokens());
        List<PackedGroups> batches =
                new PrefixPacker(packing, model.tokenizer().specialTokens().pad()).pack(groups);
        AtomicInteger next = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        Callable<Integer> worker = () -> {
            int taken = next.getAndIncrement();
            for (; taken < batches.size(); taken = next.getAndIncrement()) {
                PackedGroups packed = batches.get(taken);
                write(packed, starts, responses, states);
                synchronized (finished) {
                    int part = finished.addAndGet(packed.batch().responses());
                    done.accept(Math.toIntExact((long) part * ids.size() / count));
                }
            }
            return taken;
        };
        Workers.each(Collections.nCopies(Math.clamp(batches.size(), 1, Workers.count()), worker));
    }

    private void write(PackedGroups packed, int[] starts, Tensor responses, Tensor states) {
        int[] rows = IntStream.of(packed.groups())
                .flatMap(g -> IntStream.range(
                        starts[g], starts[g] + groups.get(g).sequences().size()))
                .toArray();
        try (TensorScope scope = TensorScope.open()) {
            PooledStates pooled = PooledStates.of(model.backbone(), packed.batch());
            Tensor index = Tensors.longs(rows);
            responses.index_copy_(0, index, pooled.responses());
            states.index_copy_(0, index, pooled.prompts());
        } catch (AssayException e) {
            throw e;
        } catch (RuntimeException e) {
            throw LibTorch.failure("the features of " + rows.length + " responses", e);
        }
    }

    private void requireFinite(FeatureShard shard) {
        for (Tensor states : List.of(shard.responses(), shard.prompts())) {
            Tensor good = states.isfinite().view(ids.size(), -1).all(1, false);
            if (Tensors.scalar(good.all()) == 0) {
                int row = Math.toIntExact(
                        good.logical_not().nonzero().select(0, 0).select(0, 0).item_long());
                throw new AssayException(
                        ErrorKind.NUMERIC,
                        "features, row " + ids.get(row) + ": a state is not finite in "
                                + settings.storage().configName()
                                + "; store fp32, or look at the weights of the backbone");
            }
        }
    }
}
