package dev.assay.network;

import dev.assay.AssayException;
import dev.assay.backbone.DecoderConfig;
import dev.assay.checkpoint.GoldenReward;
import dev.assay.checkpoint.ModelManifest;
import dev.assay.data.Conversation;
import dev.assay.reward.Explanation;
import dev.assay.reward.Reward;
import dev.assay.tensor.LibTorch;
import dev.assay.tensor.Precision;
import dev.assay.tensor.TensorScope;
import dev.assay.tokenization.PackedBatch;
import dev.assay.tokenization.PackedGroups;
import dev.assay.tokenization.PackingOptions;
import dev.assay.tokenization.PrefixPacker;
import dev.assay.tokenization.PromptPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * What stands between conversations and a network, whatever its head: renders and tokenises them, computes what the answers
 * to one prompt share only once, batches like lengths together, and gives the rewards back in the order asked. Any number of
 * threads may call it.
 */
public final class ConversationScoring implements AutoCloseable {
    /** Conversations tokenised at a time: enough to sort by length, few enough to hold. */
    private static final int WINDOW = 4096;

    private final ConversationReader reader;
    private final PrefixPacker packer;
    private final Runnable weights;

    /** Scoring reads, closing writes: the weights stay until the last call has returned. */
    private final ReadWriteLock weightsInUse = new ReentrantReadWriteLock();

    private boolean closed;

    private ConversationScoring(ConversationReader reader, Runnable weights) {
        this.reader = reader;
        this.packer = new PrefixPacker(PackingOptions.DEFAULT, reader.pad());
        this.weights = weights;
    }

    /** Explains the rewards of a batch, one a response, in a scope that ends with the call. */
    @FunctionalInterface
    public interface Head {
        /** One explanation a response, in order. */
        List<? extends Explanation> explain(PackedBatch batch);
    }

    /**
     * For the model of a folder.
     *
     * @param manifest what the folder's conversations are rendered and cut by; without one the public rules apply
     * @param prompt where the state stands that speaks for the prompt
     * @param weights closes the network, after the last call has returned
     */
    public static ConversationScoring of(
            Path folder,
            Optional<ModelManifest> manifest,
            DecoderConfig config,
            PromptPosition prompt,
            Runnable weights) {
        return new ConversationScoring(ConversationReader.of(folder, manifest, config, prompt), weights);
    }

    /**
     * What was made of a conversation.
     *
     * @param tokens tokens that were read
     * @param truncated whether the conversation was cut to the model's maximum length
     */
    public record Answer<T>(T given, int tokens, boolean truncated) {}

    /** One reward a conversation, in the order given. */
    public List<Reward> score(List<Conversation> conversations, Head head) {
        return each(conversations, head::explain).stream()
                .map(answer -> Reward.of(answer.given(), answer.tokens(), answer.truncated()))
                .toList();
    }

    /**
     * What is made of each conversation, in the order given.
     *
     * @param made one a response of a batch, in order, in a scope that ends with the call
     */
    public <T> List<Answer<T>> each(
            List<Conversation> conversations, Function<PackedBatch, ? extends List<? extends T>> made) {
        weightsInUse.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model has been closed");
            }
            List<Answer<T>> answers = new ArrayList<>(conversations.size());
            for (int from = 0; from < conversations.size(); from += WINDOW) {
                int to = Math.min(conversations.size(), from + WINDOW);
                answers.addAll(window(conversations.subList(from, to), made));
            }
            return answers;
        } finally {
            weightsInUse.readLock().unlock();
        }
    }

    private <T> List<Answer<T>> window(
            List<Conversation> conversations, Function<PackedBatch, ? extends List<? extends T>> made) {
        ConversationReader.Reading reading = reader.read(conversations);
        SortedMap<Integer, Answer<T>> byPlace = new TreeMap<>();
        for (PackedGroups packed : packer.pack(reading.groups())) {
            List<? extends T> answers = made(packed.batch(), made);
            int response = 0;
            for (int group : packed.groups()) {
                for (int i : reading.members().get(group)) {
                    byPlace.put(i, new Answer<>(answers.get(response++), reading.tokens()[i], reading.truncated()[i]));
                }
            }
        }
        return List.copyOf(byPlace.values());
    }

    private static <T> List<? extends T> made(
            PackedBatch batch, Function<PackedBatch, ? extends List<? extends T>> made) {
        try (TensorScope scope = TensorScope.open();
                NoGradGuard unrecorded = new NoGradGuard()) {
            return made.apply(batch);
        } catch (AssayException e) {
            throw e;
        } catch (RuntimeException e) {
            throw LibTorch.failure("scoring " + batch.responses() + " conversations", e);
        }
    }

    /** Records what a head answers to conversations, each alone. */
    public List<GoldenReward> record(List<Conversation> conversations, Head head) {
        return conversations.stream()
                .map(conversation ->
                        new GoldenReward(conversation, reader.idList(conversation), alone(conversation, head)))
                .toList();
    }

    /**
     * Compares ids and rewards with recorded ones.
     *
     * @param compute precision of the network
     * @param subject what is checked, for the error
     * @throws AssayException that names every difference
     */
    public void check(List<GoldenReward> golden, Head head, Precision compute, String subject) {
        checkTokens(golden, subject);
        GoldenRewards.check(known -> alone(known.conversation(), head), compute, golden, subject);
    }

    /** The same for the ids alone. */
    void checkTokens(List<GoldenReward> golden, String subject) {
        GoldenRewards.checkTokens(reader::idList, golden, subject);
    }

    private double alone(Conversation conversation, Head head) {
        return score(List.of(conversation), head).getFirst().value();
    }

    @Override
    public void close() {
        weightsInUse.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                weights.run();
                reader.close();
            }
        } finally {
            weightsInUse.writeLock().unlock();
        }
    }
}
