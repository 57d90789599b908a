//! An archive of 40 articles in 8 languages, made from templates, with faults planted in it and
//! look-alikes that are fine: every fault is found, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use self::archive::Archive;

mod archive;
mod plan;
mod tongues;

#[test]
fn every_fault_is_found_and_no_look_alike_is() {
    let archive = Archive::new();
    assert!(archive.faults.len() >= 60, "{}", archive.faults.len());
    assert!(archive.look_alikes.len() >= 60, "{}", archive.look_alikes.len());
    for rule in siglum::audit::rule::ALL {
        assert!(archive.faults.iter().any(|(_, planted)| *planted == rule.id), "{}", rule.id);
    }
    let (audit, _) = archive.desk.json(&["audit"]);
    assert_eq!(audit["summary"]["articles"], 40);
    let found: BTreeSet<(&str, &str, &str)> = audit["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap();
            (text("article"), text("rule"), text("message"))
        })
        .collect();
    // Per rule: planted, of these found, found without being planted.
    let mut figures: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for (article, rule) in &archive.faults {
        let is_found = found.iter().any(|(a, r, _)| a == article && r == rule);
        let figure = figures.entry(rule).or_default();
        figure.0 += 1;
        figure.1 += usize::from(is_found);
        if !is_found {
            wrong += &format!("not found: {article} {rule}\n");
        }
    }
    for (article, rule, message) in &found {
        let is_planted = archive.faults.iter().any(|(a, r)| a == article && r == rule);
        figures.entry(rule).or_default().2 += usize::from(!is_planted);
        if !is_planted {
            wrong += &format!("not planted: {article} {rule}: {message}\n");
        }
    }
    for (rule, (planted, hit, beside)) in &figures {
        let share = |of: usize| (hit * 100).checked_div(of).unwrap_or(100);
        println!(
            "{rule:<32} {planted:>3} planted, recall {}%, precision {}%",
            share(*planted),
            share(hit + beside)
        );
    }
    println!("{} faults, {} look-alikes", archive.faults.len(), archive.look_alikes.len());
    assert!(wrong.is_empty(), "{wrong}");
}
