package dev.assay.recipe;

import dev.assay.checkpoint.AtomicFile;
import dev.assay.data.RatedResponse;
import dev.assay.method.armorm.CategoryMixture;
import dev.assay.method.armorm.Debiasing;
import dev.assay.method.armorm.GateCheck;
import dev.assay.method.armorm.GateFit;
import dev.assay.method.armorm.GateInput;
import dev.assay.method.armorm.GateSettings;
import dev.assay.method.armorm.GateTraining;
import dev.assay.method.armorm.LinearBaselines;
import dev.assay.method.armorm.MixtureComparison;
import dev.assay.method.armorm.MixtureFolder;
import dev.assay.method.armorm.ObjectiveMixture;
import dev.assay.method.armorm.ObjectiveProbes;
import dev.assay.method.armorm.PairFeatures;
import dev.assay.method.armorm.ProbeFit;
import dev.assay.method.armorm.ProbeFitting;
import dev.assay.method.armorm.RatedFeatures;
import dev.assay.method.armorm.RewardTransform;
import dev.assay.method.armorm.StoredFeatures;
import dev.assay.network.ModelExport;
import dev.assay.reward.Objective;
import dev.assay.tensor.TensorScope;
import dev.assay.training.TrainingListener;
import dev.assay.training.TrainingResult;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Makes a mixture of objectives (arXiv 2406.12845), stage by stage: embed, probes, debias, gate, model folder. States that are
 * stored are not computed again, nor is a finished model; probes and transform are small systems over stored states.
 */
final class MixtureRun {
    private final Recipe recipe;
    private final MethodSection.ArmoRm method;
    private final RunFolder folder;
    private final RunEvents events;
    private final TrainingListener told;

    /** @param stopped whether somebody asked the run to stop; asked between two pieces of work */
    MixtureRun(
            Recipe recipe,
            MethodSection.ArmoRm method,
            RunFolder folder,
            RunEvents events,
            TrainingListener told,
            BooleanSupplier stopped) {
        this.recipe = recipe;
        this.method = method;
        this.folder = folder;
        this.events = events;
        this.told = new Stoppable(told, stopped);
    }

    /** Passes everything on, and ends the stage it is told of when the run is to stop. */
    private record Stoppable(TrainingListener told, BooleanSupplier stopped) implements TrainingListener {
        @Override
        public void onProgress(String stage, long done, long total, String unit) {
            told.onProgress(stage, done, total, unit);
            if (stopped.getAsBoolean()) {
                throw new CancellationException("stopped in stage " + stage);
            }
        }

        @Override
        public void onMessage(String message) {
            told.onMessage(message);
        }
    }

    /** Does what is not done yet. Interrupted, it leaves the finished shards of states. */
    TrainingResult execute(RunData data, List<RatedResponse> ratings, String fingerprint, boolean finished) {
        if (finished && Files.isRegularFile(folder.last().resolve("config.json"))) {
            told.onMessage("the model is finished; it is measured again");
            return new TrainingResult(TrainingResult.End.COMPLETED, 0, OptionalDouble.empty(), 0);
        }
        MixtureNames.require(recipe, method, ratings);
        DebiasReference.require(
                method.debias().reference(),
                data.train().stream().map(TrainingSource::name).toList());
        MixtureData rows = MixtureData.of(ratings, data);
        try (RunTokens tokens = RunTokens.open(recipe, folder.path());
                MixtureFeatures features = MixtureFeatures.compute(recipe, method, folder.path(), tokens, rows, told);
                TensorScope scope = TensorScope.open()) {
            return fit(rows, features, tokens, fingerprint);
        } catch (CancellationException e) {
            told.onMessage(String.valueOf(e.getMessage()));
            return new TrainingResult(TrainingResult.End.INTERRUPTED, 0, OptionalDouble.empty(), 0);
        }
    }

    private TrainingResult fit(MixtureData rows, MixtureFeatures features, RunTokens tokens, String fingerprint) {
        long seed = recipe.training().seed();
        RatedFeatures rated = features.rated(rows, method.probes().objectives());
        told.onProgress("probes", 0, rated.objectives().size(), "objectives");
        ProbeFit fit = ProbeFitting.fit(rated, method.probes().settings(seed));
        try (ObjectiveProbes probes = fit.probes()) {
            told.onProgress(
                    "probes", rated.objectives().size(), rated.objectives().size(), "objectives");
            PairFeatures pairs = features.training(rows);
            Optional<Debiasing> debiasing = debias(
                    pairs,
                    probes,
                    features.reference(pairs, rows, method.debias().reference()));
            RewardTransform transform = transform(debiasing, probes);
            GateSettings settings = method.gate().settings(seed);
            GateFit gate = gate(pairs, probes, transform, settings);
            try (var head = gate.gate()) {
                MixtureFolder.write(
                        folder.last(),
                        features.backbone(),
                        new ObjectiveMixture(probes, transform, head),
                        features.position(),
                        tokens.manifest(fingerprint, gate.best().step()),
                        ModelExport.SAMPLES);
                LinearBaselines baselines = LinearBaselines.fit(pairs, probes, transform, settings.split());
                GateCheck check = GateCheck.of(gate, baselines, pairs, probes, transform, settings);
                check.warnings().forEach(warning -> told.onMessage("warning: " + warning));
                account(fit, debiasing, gate, check, baselines, pairs, features, rows);
            }
            return new TrainingResult(
                    TrainingResult.End.COMPLETED,
                    gate.looks().getLast().step(),
                    OptionalDouble.of(gate.best().heldOutAccuracy()),
                    gate.best().step());
        }
    }

    private Optional<Debiasing> debias(PairFeatures pairs, ObjectiveProbes probes, DebiasReference reference) {
        List<Objective> objectives =
                probes.objectives().stream().map(each -> each.objective()).toList();
        Optional<Debiasing> debiasing = method.debias()
                .settings()
                .map(settings -> Debiasing.of(
                        objectives,
                        reference.of(StoredFeatures.rewards(pairs, probes)),
                        reference.of(StoredFeatures.tokens(pairs)),
                        settings));
        debiasing.ifPresent(found -> found.warnings().forEach(told::onMessage));
        return debiasing;
    }

    private static RewardTransform transform(Optional<Debiasing> debiasing, ObjectiveProbes probes) {
        int objectives = probes.objectives().size();
        return debiasing.map(Debiasing::transform).orElseGet(() -> RewardTransform.identity(objectives));
    }

    private GateFit gate(PairFeatures pairs, ObjectiveProbes probes, RewardTransform transform, GateSettings settings) {
        boolean auto = settings.input() == GateInput.AUTO;
        int steps = settings.updates().steps();
        AtomicInteger begun = new AtomicInteger();
        GateFit fit = GateTraining.fit(pairs, probes, transform, settings, look -> {
            if (!auto) {
                events.onGate(look);
            }
            // Each gate is first looked at before its first step.
            int gates = look.step() == 0 ? begun.incrementAndGet() : begun.get();
            told.onProgress("gate", (gates - 1) * steps + look.step(), auto ? 2 * steps : steps, "steps");
        });
        if (auto) {
            // Of two gates only the one that is kept has a place among the run's events.
            fit.looks().forEach(events::onGate);
            told.onMessage("gate: " + fit.input().name().toLowerCase(Locale.ROOT)
                    + " states of prompts have the smaller loss on held-out prompts");
        }
        return fit;
    }

    private void account(
            ProbeFit fit,
            Optional<Debiasing> debiasing,
            GateFit gate,
            GateCheck gateCheck,
            LinearBaselines baselines,
            PairFeatures pairs,
            MixtureFeatures features,
            MixtureData rows) {
        ObjectiveProbes probes = fit.probes();
        RewardTransform transform = transform(debiasing, probes);
        Optional<PairFeatures> test = features.measured(rows);
        Function<PairFeatures, NuisanceCheck> check =
                some -> NuisanceCheck.of(some, probes, transform, method.debias());
        MixtureAccount account = new MixtureAccount(
                features.notes(),
                fit.objectives(),
                debiasing,
                Optional.of(pairs).filter(any -> debiasing.isPresent()).map(check),
                test.filter(any -> debiasing.isPresent()).map(check),
                gate,
                gateCheck,
                test.map(measured -> MixtureComparison.of(baselines, measured, probes, transform, gate.gate())),
                test.map(measured -> CategoryMixture.of(gate.gate(), measured, features.categories(measured, rows)))
                        .orElse(List.of()),
                TrueMixture.of(recipe, probes.objectives()),
                MixtureFolder.unpublished(new ObjectiveMixture(probes, transform, gate.gate())));
        AtomicFile.write(folder.path().resolve(MixtureAccount.JSON_FILE), MixtureJson.text(account));
        AtomicFile.write(folder.path().resolve(MixtureAccount.TEXT_FILE), MixtureTables.text(account));
    }
}
