/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import com.google.auto.service.AutoService;
import dev.polyphony.processor.diagnose.Reporter;
import dev.polyphony.processor.method.FormReader;
import dev.polyphony.processor.method.NameClaims;
import dev.polyphony.processor.read.BodyReader;
import dev.polyphony.processor.read.SourceReaders;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;

/**
 * Writes the ensembles of annotated models.
 *
 * <pre>
 * model source --read--&gt; Model --check--&gt; Plan --emit--&gt; network, harness, comparison
 * </pre>
 *
 * <ul>
 *   <li>{@code read}: the source of the class becomes a {@code Model}: its constructors, and its
 *       body as text in which every type is known, with facts about how it makes blocks. Only this
 *       package sees syntax trees. Only the annotated class is read, so that incremental builds see
 *       what full ones see.
 *   <li>{@code method}: what the annotations ask for, which layer has which twin; the checks that
 *       turn a model into a {@code Plan} or into problems.
 *   <li>{@code emit}: the plan as Java source. The body is copied with layers replaced by their
 *       ensemble twins; nothing of it is interpreted. The runtime does the rest.
 *   <li>{@code diagnose}: problems, each with a code of the catalogue, all of a model in one go.
 * </ul>
 *
 * <p>A model that mentions types which do not exist yet waits for later rounds, until a round
 * brings nothing new. After an error the types are generated all the same, with bodies that throw,
 * so that one mistake is one message.
 */
@AutoService(Processor.class)
public final class PolyphonyProcessor extends AbstractProcessor {

    private static final String GENERATED = "javax.annotation.processing.Generated";

    private final NameClaims claims = new NameClaims();

    /** Models that wait for a later round, by name: elements do not outlive a round. */
    private final Set<String> waiting = new LinkedHashSet<>();

    private Reporter reporter;
    private ModelPipeline pipeline;

    /** Creates the processor; compilers call this. */
    public PolyphonyProcessor() {}

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        Set<String> types = new LinkedHashSet<>(FormReader.annotationTypes());
        types.add(GENERATED);
        types.add(BodyReader.EXEMPT);
        return types;
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Set.of(SourceReaders.SOURCES);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latest();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        reporter = new Reporter(environment.getMessager());
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        if (pipeline == null) {
            pipeline = new ModelPipeline(processingEnv, claims, reporter);
        }
        pipeline.beginRound(round);
        for (Element root : round.getRootElements()) {
            if (root instanceof TypeElement type) {
                claims.addSource(type.getQualifiedName().toString());
                pipeline.enter(type.getQualifiedName().toString());
            }
        }
        Set<TypeElement> models = new LinkedHashSet<>();
        for (String name : waiting) {
            models.add(processingEnv.getElementUtils().getTypeElement(name));
        }
        waiting.clear();
        boolean foreign = false;
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(BodyReader.EXEMPT)) {
                continue; // on methods, whose models are looked at anyway
            }
            boolean generated = annotation.getQualifiedName().contentEquals(GENERATED);
            for (Element element : round.getElementsAnnotatedWith(annotation)) {
                if (generated) {
                    foreign |= !isOurs(element);
                } else {
                    models.add((TypeElement) element);
                }
            }
        }
        models.forEach(pipeline::announce);
        models.forEach(this::process);
        pipeline.endRound();
        // unclaimed annotations are warnings under -Xlint:processing, our own @Generated too
        return !foreign;
    }

    /** Asked of the compiler's own annotation: to make a Java one of it costs a new JVM much. */
    private boolean isOurs(Element element) {
        String ours = '"' + getClass().getName() + '"';
        for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
            if (isGenerated(annotation)) {
                for (AnnotationValue value : annotation.getElementValues().values()) {
                    if (value.toString().contains(ours)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean isGenerated(AnnotationMirror annotation) {
        TypeElement type = (TypeElement) annotation.getAnnotationType().asElement();
        return type.getQualifiedName().contentEquals(GENERATED);
    }

    private void process(TypeElement model) {
        try {
            if (!pipeline.process(model)) {
                waiting.add(model.getQualifiedName().toString());
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            reporter.bug(model, e);
        }
    }
}
