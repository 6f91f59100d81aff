/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor;

import dev.polyphony.processor.diagnose.Code;
import dev.polyphony.processor.diagnose.Place;
import dev.polyphony.processor.diagnose.Problem;
import dev.polyphony.processor.diagnose.Reporter;
import dev.polyphony.processor.emit.Emitter;
import dev.polyphony.processor.method.BodyCheck;
import dev.polyphony.processor.method.Form;
import dev.polyphony.processor.method.FormCheck;
import dev.polyphony.processor.method.FormReader;
import dev.polyphony.processor.method.HeaderCheck;
import dev.polyphony.processor.method.Method;
import dev.polyphony.processor.method.NameClaims;
import dev.polyphony.processor.method.Plan;
import dev.polyphony.processor.method.Planner;
import dev.polyphony.processor.method.Request;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Constructor;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Target;
import dev.polyphony.processor.model.TypeRef;
import dev.polyphony.processor.read.AnnotationReader;
import dev.polyphony.processor.read.BodyReader;
import dev.polyphony.processor.read.ConstructorReader;
import dev.polyphony.processor.read.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** Takes models through the stages. */
final class ModelPipeline {

    private final FormReader formReader;
    private final ConstructorReader constructorReader;
    private final HeaderCheck headerCheck;
    private final BodyReader bodyReader;
    private final Planner planner;
    private final Emitter emitter;
    private final Reporter reporter;
    private final Set<String> upcoming = new HashSet<>();

    /** Annotated types, and each with the models that are done. */
    private final Set<String> done = new HashSet<>();

    ModelPipeline(ProcessingEnvironment environment, NameClaims claims, Reporter reporter) {
        var elements = environment.getElementUtils();
        this.formReader = new FormReader(elements, new AnnotationReader(environment));
        this.constructorReader = new ConstructorReader(elements);
        this.headerCheck = new HeaderCheck(elements, environment.getTypeUtils());
        this.bodyReader = new BodyReader(environment);
        this.planner = new Planner(claims);
        this.emitter = new Emitter(environment.getFiler());
        this.reporter = reporter;
    }

    /** Notes the names of the types that will be generated for an annotated type. */
    void announce(TypeElement holder) {
        for (Request request : formReader.read(holder, new ArrayList<>())) {
            TypeRef model = request.target().home();
            for (Form form : request.forms()) {
                upcoming.add(form.network(model).qualifiedName());
                upcoming.add(form.harness(model).qualifiedName());
            }
            upcoming.add(Planner.comparison(model).qualifiedName());
        }
    }

    /**
     * Generates what an annotated type asks for.
     *
     * @param holder the annotated type
     * @param isLastRound whether what is missing now stays missing
     * @return whether all is done; else it waits for types that other processors may generate
     */
    boolean process(TypeElement holder, boolean isLastRound) throws IOException {
        if (!formReader.isResolved(holder) && !isLastRound) {
            return false;
        }
        List<Problem> unusable = new ArrayList<>();
        List<Request> requests = formReader.read(holder, unusable);
        if (done.add(TypeRef.of(holder).qualifiedName())) {
            reporter.report(unusable);
        }
        boolean isDone = true;
        for (Request request : requests) {
            String name = TypeRef.of(holder) + " " + TypeRef.of(request.target().model());
            if (!done.contains(name)) {
                boolean isModelDone = process(request, isLastRound);
                isDone &= isModelDone;
                if (isModelDone) {
                    done.add(name);
                }
            }
        }
        return isDone;
    }

    private boolean process(Request request, boolean isLastRound) throws IOException {
        Target target = request.target();
        TypeElement type = target.model();
        List<Constructor> constructors = constructorReader.accessible(target);
        if (!headerCheck.isResolved(type, constructorReader.all(type))) {
            return isLastRound && stub(request, "A type of the header");
        }
        List<Problem> problems = new ArrayList<>();
        List<Problem> header = headerCheck.check(target, constructors);
        problems.addAll(header);
        Optional<Body> body = Optional.empty();
        boolean needsBody = request.forms().stream().anyMatch(form -> form.method().isTransforming());
        if (header.isEmpty() && needsBody) {
            Reading reading = bodyReader.read(target, constructors, upcoming);
            if (reading instanceof Reading.Unresolved unresolved) {
                return isLastRound
                        && stub(request, "'" + String.join("', '", unresolved.names()) + "'");
            }
            body = check(request, reading, constructors, problems);
        }
        finish(request, model(target, body), header.isEmpty(), problems);
        return true;
    }

    private Optional<Body> check(
            Request request,
            Reading reading,
            List<Constructor> constructors,
            List<Problem> problems) {
        Target target = request.target();
        Place place = Place.of(target.model());
        if (reading instanceof Reading.Unreadable unreadable) {
            String what =
                    "The source of '%s' cannot be read: %s"
                            .formatted(target.model().getSimpleName(), unreadable.reason());
            problems.add(new Problem(Code.UNREADABLE, what, place));
            return Optional.empty();
        }
        if (reading instanceof Reading.Refused refused) {
            problems.add(new Problem(refused.code(), refused.what(), place));
            return Optional.empty();
        }
        Body body = ((Reading.Read) reading).body();
        List<Form> forms = request.forms();
        List<Method> methods =
                forms.stream().map(Form::method).filter(Method::isTransforming).toList();
        Model model =
                new Model(target, TypeRef.of(target.model()), constructors, Optional.of(body));
        List<Problem> found = BodyCheck.check(model, body, methods);
        problems.addAll(found);
        if (found.isEmpty()) {
            found = forms.stream().flatMap(form -> FormCheck.check(form, body).stream()).toList();
            problems.addAll(found);
        }
        forms.forEach(
                form ->
                        FormCheck.note(form)
                                .ifPresent(note -> reporter.note(target.holder(), note)));
        return found.isEmpty() ? Optional.of(body) : Optional.empty();
    }

    /** After an error the types are still generated, so that code that uses them compiles. */
    private boolean stub(Request request, String missing) throws IOException {
        TypeElement type = request.target().model();
        List<Problem> problems = new ArrayList<>();
        if (request.target().isElsewhere()) {
            // no compiler will look at the source, and report what is missing
            String what =
                    "%s was not found, and '%s' needs it"
                            .formatted(missing, type.getSimpleName());
            problems.add(new Problem(Code.OUT_OF_REACH, what, Place.of(type)));
        } else {
            reporter.note(
                    type,
                    "%s was not found, so the ensembles of '%s' only throw"
                            .formatted(missing, type.getSimpleName()));
        }
        List<Constructor> resolved =
                constructorReader.all(type).stream().filter(Constructor::isResolved).toList();
        List<Constructor> constructors =
                resolved.isEmpty() ? List.of(Constructor.IMPLICIT) : resolved;
        Model model =
                new Model(request.target(), TypeRef.of(type), constructors, Optional.empty());
        finish(request, model, false, problems);
        return true;
    }

    private void finish(
            Request request, Model model, boolean isUsable, List<Problem> ofModel)
            throws IOException {
        List<Problem> problems = new ArrayList<>(request.problems());
        problems.addAll(ofModel);
        Plan plan = planner.plan(model, request.forms(), isUsable, problems);
        reporter.report(request.located(problems));
        emitter.emit(plan);
    }

    private Model model(Target target, Optional<Body> body) {
        List<Constructor> accessible = constructorReader.accessible(target);
        List<Constructor> constructors =
                accessible.isEmpty() ? constructorReader.all(target.model()) : accessible;
        return new Model(
                target,
                TypeRef.of(target.model()),
                bodyReader.documented(target, constructors),
                body);
    }
}
