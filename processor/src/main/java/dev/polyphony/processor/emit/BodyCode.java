/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.emit;

import com.palantir.javapoet.CodeBlock;
import dev.polyphony.processor.emit.BodyLines.Token;
import dev.polyphony.processor.method.Form;
import dev.polyphony.processor.method.Layer;
import dev.polyphony.processor.method.Runtime;
import dev.polyphony.processor.model.Body;
import dev.polyphony.processor.model.Model;
import dev.polyphony.processor.model.Piece;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The body of the model with its types substituted, as code that JavaPoet can import for. */
final class BodyCode {

    private static final String WILDCARD = "<?>";

    private final Model model;
    private final Body body;
    private final String ensemble;
    private final String network;
    private final Form annotation;
    private final Map<TypeRef, TypeRef> parts;
    private final boolean repeatsOwn;
    private final Deque<String> outerForms = new ArrayDeque<>();
    private String form;
    private BodyLines lines = new BodyLines(0);

    /**
     * Prepares the copy of a body.
     *
     * @param model the model
     * @param body its body
     * @param ensemble the simple name of the generated ensemble
     * @param network the simple name of the class in it that gets the instance members
     * @param annotation the form
     * @param form the expression of the form
     * @param parts the generated classes that stand for classes of other files
     */
    BodyCode(
            Model model,
            Body body,
            String ensemble,
            String network,
            Form annotation,
            String form,
            Map<TypeRef, TypeRef> parts) {
        this.model = model;
        this.body = body;
        this.ensemble = ensemble;
        this.network = network;
        this.annotation = annotation;
        this.form = form;
        this.parts = parts;
        this.repeatsOwn = annotation.repeatsOwnParameters();
    }

    /** The members of the network, a class in the ensemble. */
    CodeBlock network() {
        return build(body.pieces(), 8);
    }

    /** The static members, which stand in the ensemble itself. */
    CodeBlock statics() {
        return build(body.statics(), 4);
    }

    /** The other classes of the file, which stand in the ensemble as well. */
    CodeBlock beside() {
        return build(body.beside().pieces(), 4);
    }

    private CodeBlock build(List<Piece> pieces, int indentation) {
        lines = new BodyLines(indentation);
        boolean dropWildcard = false;
        for (Piece piece : pieces) {
            if (piece instanceof Piece.Text text) {
                boolean drop = dropWildcard && text.text().startsWith(WILDCARD);
                lines.text(drop ? text.text().substring(WILDCARD.length()) : text.text());
            } else {
                add(piece);
            }
            dropWildcard = losesTypeArgument(piece);
        }
        return lines.build();
    }

    private void add(Piece piece) {
        if (piece instanceof Piece.TextBlock block) {
            lines.textBlock(block.text());
        } else if (piece instanceof Piece.TypeUse use) {
            type(use.type());
        } else if (piece instanceof Piece.Qualifier qualifier) {
            lines.add(token(qualifier.type()));
        } else if (piece instanceof Piece.DocType use) {
            boolean isCopied = isCopied(use.type());
            lines.add(isCopied ? new Token(copiedName(use.type()), null) : token(use.type()));
        } else if (piece instanceof Piece.Maker maker) {
            type(maker.type());
            lines.text(maker.rest());
        } else if (piece instanceof Piece.StaticUse) {
            lines.text(body.isSplit() ? ensemble : network);
        } else if (piece instanceof Piece.EnsembleUse) {
            lines.text(ensemble);
        } else if (piece instanceof Piece.EnsembleStart start) {
            String before = " new " + ensemble + "(";
            lines.open(before, start.columns() + before.length() + 1);
        } else if (piece instanceof Piece.EnsembleEnd) {
            lines.close(")");
        } else if (piece instanceof Piece.ModelField field) {
            lines.add(new Token(model.name(), Types.name(model.type())));
            lines.text("." + field.name());
        } else if (piece instanceof Piece.BuilderCall call) {
            builder(call);
        } else if (piece instanceof Piece.BuilderReference reference) {
            builder(reference);
        } else if (piece instanceof Piece.NewBuilder made) {
            newBuilder(made.type());
        } else if (piece instanceof Piece.ConstructorCall call) {
            constructor(call);
        } else if (piece instanceof Piece.Made made) {
            lines.text(made.isReference() ? "() -> new " : "new ");
            type(made.type());
            lines.text("(" + form + ")");
        } else if (piece instanceof Piece.OwnType use) {
            type(repeatsOwn ? Runtime.BLOCK : use.type());
        } else if (piece instanceof Piece.OwnStart start) {
            ownBlock("", "() -> ");
            if (start.factory() == null) {
                lines.text("new");
            } else {
                type(start.factory());
            }
        } else if (piece instanceof Piece.OwnEnd) {
            lines.text(repeatsOwn ? "))" : ")");
        } else if (piece instanceof Piece.OwnReference reference) {
            ownBlock("() -> ", "");
            type(reference.type());
            lines.text(repeatsOwn ? "::new)" : "::new");
        } else if (piece instanceof Piece.ActivationTwin) {
            lines.add(token(Runtime.ACTIVATION));
            lines.grow(Runtime.ACTIVATION.simpleName().length() - "Activation".length());
        } else if (piece instanceof Piece.ParametersStart) {
            lines.text("(");
            lines.add(Token.BREAK);
        } else if (piece instanceof Piece.ChainBreak) {
            lines.add(Token.BREAK);
        } else if (piece instanceof Piece.ExemptStart start) {
            outerForms.push(form);
            form += annotation.exemption(start.forms()).map(call -> "." + call + "()").orElse("");
        } else if (piece instanceof Piece.ExemptEnd) {
            form = outerForms.pop();
            lines.text("}");
        }
    }

    /** Opens the call that makes a block for each member. */
    private void ownBlock(String before, String supplier) {
        if (repeatsOwn) {
            lines.text(before);
            lines.add(token(Runtime.BLOCK));
            lines.text(".of(");
            lines.add(Token.FILL);
            String arguments = form + ", " + supplier;
            int name = Runtime.BLOCK.simpleName().length();
            lines.longer(arguments, before.length() + name + arguments.length() + ".of()".length());
        }
    }

    /** DJL's batch normalisation has a generic builder, its twin has a plain one. */
    private static boolean losesTypeArgument(Piece piece) {
        return piece instanceof Piece.TypeUse use
                && Layer.of(use.type().outermost()).isPresent()
                && use.type().simpleName().equals("BaseBuilder");
    }

    private void builder(Piece.BuilderCall call) {
        type(call.type());
        lines.text(call.call());
        Layer.of(call.type()).ifPresent(layer -> lines.longer(form, form.length()));
        lines.text(call.rest());
    }

    private void builder(Piece.BuilderReference reference) {
        Optional<Layer> layer = Layer.of(reference.type());
        if (layer.isEmpty()) {
            type(reference.type());
            lines.text("::builder");
            return;
        }
        lines.text("() -> ");
        type(reference.type());
        lines.longer(".builder(" + form + ")", form.length());
    }

    private static int growth(Layer layer) {
        return layer.getTwin().simpleName().length() - layer.getType().simpleName().length();
    }

    /** {@code new Layer.Builder()}: the twins have {@code builder} alone. */
    private void newBuilder(TypeRef type) {
        if (Layer.of(type).isPresent()) {
            type(type);
            String call = ".builder(" + form + ")";
            lines.longer(call, call.length() - "new .Builder()".length());
        } else {
            lines.text("new ");
            type(type);
            lines.text(".Builder()");
        }
    }

    private void constructor(Piece.ConstructorCall call) {
        boolean takesForm = Layer.of(call.type()).filter(Layer::isConstructed).isPresent();
        lines.text(!takesForm ? "(" : call.hasArguments() ? "(" + form + ", " : "(" + form);
    }

    private void type(TypeRef type) {
        if (type.equals(model.type())) {
            lines.text(network);
        } else if (isCopied(type)) {
            lines.text(copiedName(type));
        } else {
            lines.add(token(parts.getOrDefault(type, Layer.substitute(type))));
            Layer.of(type.outermost()).ifPresent(layer -> lines.grow(growth(layer)));
        }
    }

    private boolean isCopied(TypeRef type) {
        for (TypeRef copied : body.copied()) {
            if (copied.isAround(type)) {
                return true;
            }
        }
        return false;
    }

    private String copiedName(TypeRef type) {
        boolean isNested = type.outermost().equals(model.type());
        boolean isHidden = body.beside().hidden().contains(type.outermost());
        List<String> names = type.names().subList(isNested ? 1 : 0, type.names().size());
        return (isHidden ? ensemble + "." : "") + String.join(".", names);
    }

    private static Token token(TypeRef type) {
        return new Token(type.localName(), Types.name(type));
    }
}
