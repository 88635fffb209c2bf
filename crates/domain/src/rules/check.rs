//! Reading a condition: from the parser's tree to ours, every name and kind checked.

use cel::Program;
use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};

use crate::date::Date;
use crate::refusal::Reason;
use crate::rules::condition::{Arithmetic, Comparison, Condition, Likeness, Tree};
use crate::rules::fact::{VOCABULARY, fact_place};
use crate::rules::mistake::{BlueprintRule, nearest};
use crate::rules::value::{FactKind, Sort, Value, number};

/// What a condition may name beside facts.
pub(super) struct Known<'a> {
    /// Numbers of `limit.…`.
    pub limits: &'a [(String, i128)],
    /// Codes of `proven.…`.
    pub proofs: &'a [String],
}

/// What is wrong with a condition, at a byte of its text.
pub(super) struct Wrong {
    pub byte: usize,
    pub reason: Reason,
}

/// The longest condition, in bytes.
const LONGEST: usize = 2_000;

/// Reads a condition, which must be true or false.
pub(super) fn condition(text: &str, known: &Known<'_>) -> Result<Condition, Wrong> {
    if text.len() > LONGEST {
        let reason = BlueprintRule::ConditionSyntax { message: format!("> {LONGEST}") };
        return Err(Wrong { byte: 0, reason: reason.into() });
    }
    let program = Program::compile(text).map_err(|errors| {
        let error = errors.errors.first();
        let (line, column) = error.map_or((1, 1), |error| error.pos);
        let message = error.map_or_else(String::new, |error| error.msg.clone());
        Wrong { byte: byte_of(text, line, column), reason: BlueprintRule::ConditionSyntax { message }.into() }
    })?;
    let reader = Reader { known, info: program.source_info(), depth: std::cell::Cell::new(0) };
    let tree = reader.wanted(program.expression(), Sort::Bool)?;
    Ok(Condition { text: text.to_owned(), tree })
}

fn byte_of(text: &str, line: isize, column: isize) -> usize {
    let line = usize::try_from(line - 1).unwrap_or_default();
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    (before + usize::try_from(column - 1).unwrap_or_default()).min(text.len())
}

struct Reader<'a> {
    known: &'a Known<'a>,
    info: &'a SourceInfo,
    depth: std::cell::Cell<usize>,
}

/// Deeper than this nobody writes; the tree is walked by recursion.
const DEEPEST: usize = 60;

impl Reader<'_> {
    fn wrong(&self, at: &IdedExpr, rule: BlueprintRule) -> Wrong {
        // The place of a selection is its dot; the name begins before it.
        let mut at = at;
        while let Expr::Select(select) = &at.expr {
            at = &select.operand;
        }
        let byte = self.info.offset_for(at.id).map_or(0, |(start, _)| start as usize);
        Wrong { byte, reason: rule.into() }
    }

    fn wanted(&self, expr: &IdedExpr, sort: Sort) -> Result<Tree, Wrong> {
        let tree = self.tree(expr)?;
        let found = tree.sort();
        if found == sort {
            return Ok(tree);
        }
        Err(self.wrong(expr, BlueprintRule::WrongSort { wanted: sort.as_str().into(), found: found.as_str().into() }))
    }

    fn tree(&self, expr: &IdedExpr) -> Result<Tree, Wrong> {
        self.depth.set(self.depth.get() + 1);
        let tree = match &expr.expr {
            _ if self.depth.get() > DEEPEST => Err(self.wrong(expr, BlueprintRule::TooMany { max: 60 })),
            Expr::Literal(literal) => self.literal(expr, literal),
            Expr::Ident(_) | Expr::Select(_) => self.name(expr),
            Expr::Call(call) => self.call(expr, call),
            _ => Err(self.wrong(expr, BlueprintRule::NotUnderstood { what: String::new() })),
        };
        self.depth.set(self.depth.get() - 1);
        tree
    }

    fn literal(&self, at: &IdedExpr, literal: &LiteralValue) -> Result<Tree, Wrong> {
        let written = |text: String| {
            number(&text).map(|n| Tree::Constant(Value::Number(n))).ok_or_else(|| self.wrong(at, BlueprintRule::NotANumber { value: text }))
        };
        match literal {
            LiteralValue::Boolean(truth) => Ok(Tree::Constant(Value::Bool(*truth.inner()))),
            LiteralValue::String(text) => Ok(Tree::Constant(Value::Text(text.inner().to_owned().into()))),
            LiteralValue::Int(int) => written(int.inner().to_string()),
            LiteralValue::UInt(int) => written(int.inner().to_string()),
            // The shortest decimal that reads back as the same number is what was written, up to fifteen digits.
            LiteralValue::Double(double) => written(double.inner().to_string()),
            _ => Err(self.wrong(at, BlueprintRule::NotUnderstood { what: "null".into() })),
        }
    }

    fn name(&self, expr: &IdedExpr) -> Result<Tree, Wrong> {
        let Some(name) = dotted(expr) else {
            return Err(self.wrong(expr, BlueprintRule::NotUnderstood { what: "has()".into() }));
        };
        if let Some(limit) = name.strip_prefix("limit.") {
            let found = self.known.limits.iter().find(|(known, _)| known == limit);
            let names = || self.known.limits.iter().map(|(known, _)| known.as_str());
            let (_, number) =
                found.ok_or_else(|| self.unknown(expr, &name, nearest(limit, names()).map(|near| format!("limit.{near}"))))?;
            return Ok(Tree::Constant(Value::Number(*number)));
        }
        if let Some((asked @ ("proven" | "people"), code)) = name.split_once('.') {
            if self.known.proofs.iter().any(|known| known == code) {
                let code = code.to_owned();
                return Ok(if asked == "proven" { Tree::Proven(code) } else { Tree::People(code) });
            }
            let near = nearest(code, self.known.proofs.iter().map(String::as_str)).map(|near| format!("{asked}.{near}"));
            return Err(self.unknown(expr, &name, near));
        }
        fact_place(&name).map(Tree::Fact).ok_or_else(|| {
            let near = nearest(&name, VOCABULARY.iter().map(|fact| fact.name)).map(str::to_owned);
            self.unknown(expr, &name, near)
        })
    }

    fn unknown(&self, at: &IdedExpr, name: &str, near: Option<String>) -> Wrong {
        self.wrong(
            at,
            match near {
                Some(nearest) => BlueprintRule::UnknownFactNear { name: name.to_owned(), nearest },
                None => BlueprintRule::UnknownFact { name: name.to_owned() },
            },
        )
    }

    fn call(&self, expr: &IdedExpr, call: &CallExpr) -> Result<Tree, Wrong> {
        let both = |sort| Ok::<_, Wrong>((Box::new(self.wanted(&call.args[0], sort)?), Box::new(self.wanted(&call.args[1], sort)?)));
        if let Some(target) = &call.target {
            return self.method(expr, call, target);
        }
        let compared = |how| self.compared(expr, call, how);
        let reckoned = |how| self.reckoned(expr, call, how);
        match call.func_name.as_str() {
            operators::LOGICAL_AND => both(Sort::Bool).map(|(a, b)| Tree::And(a, b)),
            operators::LOGICAL_OR => both(Sort::Bool).map(|(a, b)| Tree::Or(a, b)),
            operators::LOGICAL_NOT => Ok(Tree::Not(Box::new(self.wanted(&call.args[0], Sort::Bool)?))),
            operators::EQUALS => compared(Comparison::Equal),
            operators::NOT_EQUALS => compared(Comparison::NotEqual),
            operators::LESS => compared(Comparison::Less),
            operators::LESS_EQUALS => compared(Comparison::LessOrEqual),
            operators::GREATER => compared(Comparison::Greater),
            operators::GREATER_EQUALS => compared(Comparison::GreaterOrEqual),
            operators::ADD => reckoned(Arithmetic::Add),
            operators::SUBSTRACT => reckoned(Arithmetic::Subtract),
            operators::MULTIPLY => reckoned(Arithmetic::Multiply),
            operators::DIVIDE => reckoned(Arithmetic::Divide),
            operators::NEGATE => {
                let zero = Box::new(Tree::Constant(Value::Number(0)));
                Ok(Tree::Sum(Arithmetic::Subtract, zero, Box::new(self.wanted(&call.args[0], Sort::Number)?)))
            }
            operators::CONDITIONAL => {
                let asked = self.wanted(&call.args[0], Sort::Bool)?;
                let then = self.tree(&call.args[1])?;
                let other = self.wanted(&call.args[2], then.sort())?;
                Ok(Tree::If(Box::new(asked), Box::new(then), Box::new(other)))
            }
            operators::IN => self.among(call),
            "date" if call.args.len() == 1 => self.date(&call.args[0]),
            other => Err(self.wrong(expr, BlueprintRule::NotUnderstood { what: format!("{other}()") })),
        }
    }

    fn date(&self, expr: &IdedExpr) -> Result<Tree, Wrong> {
        let text = match &expr.expr {
            Expr::Literal(LiteralValue::String(text)) => text.inner(),
            _ => "",
        };
        let date = Date::parse(text).map_err(|_| self.wrong(expr, BlueprintRule::NotUnderstood { what: format!("date('{text}')") }))?;
        Ok(Tree::Constant(Value::Date(date)))
    }

    fn compared(&self, expr: &IdedExpr, call: &CallExpr, how: Comparison) -> Result<Tree, Wrong> {
        let (a, b) = (self.tree(&call.args[0])?, self.tree(&call.args[1])?);
        if a.sort() != b.sort() {
            let (left, right) = (a.sort().as_str().into(), b.sort().as_str().into());
            return Err(self.wrong(expr, BlueprintRule::SortsDiffer { left, right }));
        }
        self.code_of(&a, &b, &call.args[1])?;
        self.code_of(&b, &a, &call.args[0])?;
        Ok(Tree::Compare(how, Box::new(a), Box::new(b)))
    }

    fn reckoned(&self, expr: &IdedExpr, call: &CallExpr, how: Arithmetic) -> Result<Tree, Wrong> {
        let (a, b) = (self.tree(&call.args[0])?, self.tree(&call.args[1])?);
        let dates = how == Arithmetic::Subtract && a.sort() == Sort::Date && b.sort() == Sort::Date;
        if !dates && (a.sort() != Sort::Number || b.sort() != Sort::Number) {
            let (left, right) = (a.sort().as_str().into(), b.sort().as_str().into());
            return Err(self.wrong(expr, BlueprintRule::SortsDiffer { left, right }));
        }
        Ok(Tree::Sum(how, Box::new(a), Box::new(b)))
    }

    fn among(&self, call: &CallExpr) -> Result<Tree, Wrong> {
        let value = self.tree(&call.args[0])?;
        let Expr::List(list) = &call.args[1].expr else {
            return Err(self.wrong(&call.args[1], BlueprintRule::NotUnderstood { what: "in".into() }));
        };
        let mut items = Vec::with_capacity(list.elements.len());
        for element in &list.elements {
            let item = self.wanted(element, value.sort())?;
            self.code_of(&value, &item, element)?;
            items.push(item);
        }
        Ok(Tree::In(Box::new(value), items))
    }

    /// A text that a code is compared with must be one of its codes.
    fn code_of(&self, fact: &Tree, with: &Tree, at: &IdedExpr) -> Result<(), Wrong> {
        let (Tree::Fact(place), Tree::Constant(Value::Text(text))) = (fact, with) else { return Ok(()) };
        let FactKind::Code(_, all) = VOCABULARY[*place].kind else { return Ok(()) };
        let codes = all();
        if codes.iter().any(|code| code == text) {
            return Ok(());
        }
        let value = text.clone().into_owned();
        Err(self.wrong(
            at,
            match nearest(text, codes) {
                Some(nearest) => BlueprintRule::NotACodeOfNear { value, nearest: nearest.to_owned() },
                None => BlueprintRule::NotACodeOf { value },
            },
        ))
    }

    fn method(&self, expr: &IdedExpr, call: &CallExpr, target: &IdedExpr) -> Result<Tree, Wrong> {
        let how = match call.func_name.as_str() {
            "startsWith" => Likeness::StartsWith,
            "endsWith" => Likeness::EndsWith,
            "contains" => Likeness::Contains,
            other => return Err(self.wrong(expr, BlueprintRule::NotUnderstood { what: format!(".{other}()") })),
        };
        let [argument] = call.args.as_slice() else {
            return Err(self.wrong(expr, BlueprintRule::NotUnderstood { what: call.func_name.clone() }));
        };
        let (a, b) = (self.wanted(target, Sort::Text)?, self.wanted(argument, Sort::Text)?);
        Ok(Tree::Like(how, Box::new(a), Box::new(b)))
    }
}

/// The dotted name an expression spells.
fn dotted(expr: &IdedExpr) -> Option<String> {
    match &expr.expr {
        Expr::Ident(name) => Some(name.clone()),
        Expr::Select(select) if !select.test => dotted(&select.operand).map(|left| format!("{left}.{}", select.field)),
        _ => None,
    }
}
